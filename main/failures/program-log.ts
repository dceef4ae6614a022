import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The log in the folder that holds what belongs to this machine. */
export const logIn = (homeFolder: string): string => join(homeFolder, 'log.txt');

/** Beyond this the log begins anew; one earlier one is kept. */
const mostBytes = 1024 ** 2;

/** Control sequences that colour a terminal or draw a line of progress again. */
// oxlint-disable-next-line no-control-regex
const terminalOnly = /\u001B\[[\d;]*[A-Za-z]/g;

/**
 * Keeps what this process says on its error output in a file of this machine as well, a line with its time each. What
 * cannot be kept is said all the same.
 */
export function keepLog(file: string): void {
  const said = process.stderr.write.bind(process.stderr);
  let rest = '';
  process.stderr.write = (chunk: string | Uint8Array, ...others: []) => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).split('\n');
    rest = lines.pop()!;
    append(file, lines);
    return said(chunk, ...others);
  };
}

function append(file: string, lines: readonly string[]): void {
  const at = new Date().toISOString();
  const kept = lines.map((line) => line.replaceAll(terminalOnly, '').replace(/^.*\r/, '')).filter(Boolean);
  if (kept.length === 0) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > mostBytes) renameSync(file, `${file}.1`);
    appendFileSync(file, kept.map((line) => `${at} ${line}\n`).join(''), { mode: 0o600 });
  } catch {
    // A full disk is told of where it matters.
  }
}

/** The last lines of the log, the oldest first; none where nothing was said yet. */
export function lastLines(file: string, count: number): string[] {
  const read = (path: string): string[] => {
    try {
      return readFileSync(path, 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  };
  const lines = read(file);
  return (lines.length < count ? [...read(`${file}.1`), ...lines] : lines).slice(-count);
}
