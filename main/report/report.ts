import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { learningCurves } from './learning-curves.ts';
import { plotCurves } from './plot-curves.ts';
import type { ReportRow } from './report-row.ts';

/**
 * `npm run report -- [--seeds 1,2,3] [--shots 0,1,2] [--model <CLIP folder>] [--out <folder>] [--json]`: how much is
 * learned from how few corrections, as a table on standard output and, in `--out`, as JSON and a plot.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1,2,3,4,5' },
      shots: { type: 'string', default: '0,1,2,4,8,16' },
      model: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const seeds = numbersOf(values.seeds);
  const scratch = await mkdtemp(path.join(tmpdir(), 'cuepoint-report-'));
  try {
    const folder = values.model ?? (await makeTinyCheckpoint(path.join(scratch, 'tiny-clip')));
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const rows = await learningCurves({ folder, seeds, shotCounts: numbersOf(values.shots), say });
    const report = { seeds, rows };
    if (values.out !== undefined) {
      await mkdir(values.out, { recursive: true });
      await writeFile(path.join(values.out, 'learning-curves.json'), `${JSON.stringify(report, null, 2)}\n`);
      await writeFile(path.join(values.out, 'learning-curves.svg'), plotCurves(rows));
    }
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : tableOf(rows));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const numbersOf = (text: string): number[] => {
  const numbers = text.split(',').map(Number);
  if (numbers.some((value) => !Number.isSafeInteger(value) || value < 0))
    throw new Error(`"${text}" is no list of whole numbers.`);
  return numbers;
};

/** A block per split: methods down, shots across, mean ± standard deviation in percent. */
function tableOf(rows: readonly ReportRow[]): string {
  const percent = (value: number): string => (100 * value).toFixed(1);
  const shots = [...new Set(rows.map((row) => row.shots))];
  const blocks = [...Map.groupBy(rows, ({ task, split, metric }) => `${task}, ${split}, ${metric} in %`)].map(
    ([title, block]) => {
      const lines = [...Map.groupBy(block, ({ method }) => method)].map(([method, points]) => {
        const cells = shots
          .map((count) => points.find((point) => point.shots === count))
          .map((point) => (point === undefined ? '' : `${percent(point.mean)} ± ${percent(point.std)}`));
        return [method.padEnd(18), ...cells.map((cell) => cell.padStart(13))].join('');
      });
      return [
        title,
        ['shots per class'.padEnd(18), ...shots.map((count) => `${count}`.padStart(13))].join(''),
        ...lines,
      ].join('\n');
    },
  );
  return `${blocks.join('\n\n')}\n`;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
