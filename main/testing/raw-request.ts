import { once } from 'node:events';
import { connect } from 'node:net';

export type RawHeaders = Readonly<Record<string, string | null>>;

/** Sends a request as it stands to a port of loopback; answers all that came back. A header of null is left out. */
export async function sendRaw(port: number, line: string, headers: RawHeaders, body = ''): Promise<string> {
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let answer = '';
  socket.on('data', (text: string) => (answer += text)).on('error', () => undefined);
  socket.write([line, ...lines, 'connection: close', '', body].join('\r\n'), 'latin1');
  await once(socket, 'close');
  return answer;
}

export const statusOf = (answer: string): number => Number(answer.split(' ')[1]);
