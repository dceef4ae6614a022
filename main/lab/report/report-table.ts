import { isShare, type ReportRow } from './report-row.ts';

/** One measurement as a cell: mean ± standard deviation, in percent but for ranks. */
export function cellOf(row: ReportRow | undefined): string {
  if (row === undefined) return '';
  const factor = isShare(row.metric) ? 100 : 1;
  return `${(factor * row.mean).toFixed(1)} ± ${(factor * row.std).toFixed(1)}`;
}

const unitOf = (metric: string): string => (isShare(metric) ? `${metric}, %` : metric);
const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

/**
 * Rows as Markdown: a section for each task and split; methods down, and across either the metrics or, where something
 * was learned from shots, a table per metric with the shots across.
 */
export function markdownTables(rows: readonly ReportRow[]): string {
  const sections = [...Map.groupBy(rows, ({ task, split }) => `${task}: ${split}`)].map(([title, section]) => {
    const learned = new Set(section.filter(({ shots }) => shots > 0).map(({ method }) => method));
    const still = section.filter(({ method }) => !learned.has(method));
    const moving = section.filter(({ method }) => learned.has(method));
    return [
      `## ${title[0]!.toUpperCase()}${title.slice(1)}`,
      ...(still.length > 0 ? [metricsTable(still)] : []),
      ...[...Map.groupBy(moving, ({ metric }) => metric)].map(([metric, block]) => shotsTable(metric, block)),
      ...differencesTable(section),
    ].join('\n\n');
  });
  return sections.join('\n\n');
}

function metricsTable(rows: readonly ReportRow[]): string {
  const metrics = distinct(rows.map(({ metric }) => metric));
  const lines = [...Map.groupBy(rows, ({ method }) => method)].map(([method, block]) => [
    method,
    ...metrics.map((metric) => cellOf(block.find((row) => row.metric === metric))),
  ]);
  return tableOf(['method', ...metrics.map(unitOf)], lines);
}

function shotsTable(metric: string, rows: readonly ReportRow[]): string {
  const counts = distinct(rows.map(({ shots }) => shots)).toSorted((a, b) => a - b);
  const lines = [...Map.groupBy(rows, ({ method }) => method)].map(([method, block]) => [
    method,
    ...counts.map((count) => cellOf(block.find(({ shots }) => shots === count))),
  ]);
  return tableOf([unitOf(metric), ...counts.map((count) => `${count} ${count === 1 ? 'shot' : 'shots'}`)], lines);
}

/** What the studio has over each other method on the same films, in points with 95 % intervals; nothing where all is equal. */
function differencesTable(rows: readonly ReportRow[]): string[] {
  const compared = rows.filter(({ studio }) => studio !== undefined && (studio.low !== 0 || studio.high !== 0));
  if (compared.length === 0) return [];
  const counts = distinct(compared.map(({ shots }) => shots)).toSorted((a, b) => a - b);
  const points = (share: number): string => (100 * share).toFixed(1);
  const lines = [...Map.groupBy(compared, ({ method, metric }) => `${metric}: studio − ${method}`)].map(
    ([title, block]) => [
      title,
      ...counts.map((count) => {
        const difference = block.find(({ shots }) => shots === count)?.studio;
        if (difference === undefined) return '';
        return `${points(difference.mean)} [${points(difference.low)}, ${points(difference.high)}]`;
      }),
    ],
  );
  return [tableOf(['points, paired', ...counts.map((count) => `${count} shots`)], lines)];
}

/** A Markdown table whose columns are also aligned for those who read it as it is. */
export function tableOf(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, ...[title, ...lines.map((line) => line[column]!)].map((cell) => cell.length)),
  );
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [row(head), rule, ...lines.map(row)].join('\n');
}
