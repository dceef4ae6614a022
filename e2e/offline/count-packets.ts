import { readFileSync } from 'node:fs';

/** What the kernel counted in this network namespace, whoever asked for it: native code too. Linux. */
export interface PacketCounts {
  /** Attempts to reach an address that no interface leads to: there is none but loopback. */
  readonly unroutable: number;
  /** Datagrams, as a lookup of a name sends. */
  readonly datagrams: number;
}

export function countPackets(): PacketCounts {
  const four = readFileSync('/proc/net/snmp', 'utf8');
  const six = readFileSync('/proc/net/snmp6', 'utf8');
  return {
    unroutable: columnOf(four, 'Ip', 'OutNoRoutes') + rowOf(six, 'Ip6OutNoRoutes'),
    datagrams: columnOf(four, 'Udp', 'OutDatagrams') + rowOf(six, 'Udp6OutDatagrams'),
  };
}

/** Two lines for each protocol: names, and under them numbers. */
function columnOf(table: string, protocol: string, name: string): number {
  const [names, numbers] = table.split('\n').filter((line) => line.startsWith(`${protocol}: `));
  return Number(numbers!.split(' ')[names!.split(' ').indexOf(name)]);
}

const rowOf = (table: string, name: string): number => Number(new RegExp(`^${name}\\s+(\\d+)`, 'mu').exec(table)![1]);
