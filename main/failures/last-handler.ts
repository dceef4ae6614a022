import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reports of one run that are written: what repeats itself fills no disk. */
const mostReports = 20;

/**
 * What happens to an error that nobody handled. Edits are on the disk before anybody hears that they were made, so
 * nothing is lost by it; a report that stays on this machine is written into `folder`, and `say` is given one line. A promise
 * that nobody waited for does not end the program; an exception in the middle of nowhere does, with exit code 1.
 */
export function installLastHandler(
  folder: string,
  version: string,
  say: (text: string) => void = (text) => void process.stderr.write(`cuepoint: ${text}\n`),
): void {
  let count = 0;
  const report = (error: unknown): void => {
    count += 1;
    if (count > mostReports) return;
    const told = error instanceof Error ? error.message : String(error);
    say(
      `Something went wrong that nobody foresaw (${told.replaceAll('\n', ' ')}); every edit is stored. ${whereOf(error)}`,
    );
  };
  const whereOf = (error: unknown): string => {
    const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${process.pid}-${count}.txt`);
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const about = `Cuepoint ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(file, `${about}\n${trace}\n`, { mode: 0o600, flag: 'wx' });
      return `A report is in ${file}; it stays on this machine.`;
    } catch {
      return 'No report could be written.';
    }
  };
  process.on('unhandledRejection', report);
  process.on('uncaughtException', (error) => {
    report(error);
    process.exit(1);
  });
}
