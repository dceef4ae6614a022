import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { plotPanels } from './plot-panels.ts';
import { markdownTables, tableOf } from './report-table.ts';
import type { ReportRow } from './report-row.ts';
import type { Target } from './targets.ts';

export interface Report {
  /** What was measured, in a sentence each. */
  readonly about: readonly string[];
  readonly seeds: readonly number[];
  readonly rows: readonly ReportRow[];
  readonly targets: readonly Target[];
}

/** The whole report as Markdown. */
export function markdownOf({ about, seeds, rows, targets }: Report): string {
  const reached = tableOf(
    ['target', 'measured', 'met'],
    targets.map(({ target, measured, met }) => [target, measured, met ? 'yes' : 'no']),
  );
  const cells = `Cells are means ± standard deviations over the seeds ${seeds.join(', ')}.`;
  return ['# Report', ...about, cells, ...(targets.length > 0 ? ['## Targets', reached] : []), markdownTables(rows)]
    .join('\n\n')
    .concat('\n');
}

/** `report.json`, `report.md` and a plot per task, each whole or not at all. Answers their paths. */
export async function writeReport(folder: string, report: Report): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: [string, string][] = [
    ['report.json', `${JSON.stringify(report, null, 2)}\n`],
    ['report.md', markdownOf(report)],
    ...[...Map.groupBy(report.rows, ({ task }) => task)].map(([task, rows]): [string, string] => [
      `${task}.svg`,
      plotPanels(rows),
    ]),
  ];
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    await writeFile(`${file}.partial`, text);
    await rename(`${file}.partial`, file);
  }
  return files.map(([name]) => path.join(folder, name));
}
