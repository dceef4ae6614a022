import type { ReportFolder } from './report-folder.ts';

/**
 * What happens to an error that nobody handled. Edits are on the disk before anybody hears that they were made, so
 * nothing is lost by it; a report that stays on this machine is written, and `say` is given one line. A promise that
 * nobody waited for does not end the program; an exception in the middle of nowhere does, with exit code 1.
 */
export function installLastHandler(
  reports: ReportFolder,
  say: (text: string) => void = (text) => void process.stderr.write(`cuepoint: ${text}\n`),
): void {
  const report = (error: unknown): void => {
    if (reports.isFull) return;
    const told = error instanceof Error ? error.message : String(error);
    const file = reports.write('main', error instanceof Error ? (error.stack ?? error.message) : String(error));
    const where = file === null ? 'No report could be written.' : `A report is in ${file}; it stays on this machine.`;
    say(`Something went wrong that nobody foresaw (${told.replaceAll('\n', ' ')}); every edit is stored. ${where}`);
  };
  process.on('unhandledRejection', report);
  process.on('uncaughtException', (error) => {
    report(error);
    process.exit(1);
  });
}
