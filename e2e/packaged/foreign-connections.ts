import { readFileSync, readlinkSync, readdirSync } from 'node:fs';

/** Addresses beyond this machine to which any of the processes holds a connection now. Linux only. */
export function foreignConnections(pids: readonly number[]): string[] {
  const own = new Set(pids.flatMap(socketsOf));
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => own.has(fields[9] ?? '') && !isHere(fields[2]!))
      .map((fields) => `${kind} ${fields[2]}`),
  );
}

/** Nowhere, or loopback, as the kernel writes addresses. */
const isHere = (address: string): boolean => /^(?:0+|0100007F|0{24}01000000|0{20}FFFF0000?0100007F):/i.test(address);

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
