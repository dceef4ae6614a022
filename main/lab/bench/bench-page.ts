import type { BenchRow } from './bench-case.ts';

export interface BenchReport {
  readonly name: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly rows: readonly BenchRow[];
}

/** The rows of a run as Markdown, a table for each case. */
export function benchPage({ name, machine, rows }: BenchReport): string {
  const about = Object.entries(machine).map(([what, value]) => `${what} ${value}`);
  const tables = [...Map.groupBy(rows, (row) => row.case)].map(([title, own]) => {
    const lines = own.map(
      ({ metric, ours, baseline, ratio }) => `| ${metric} | ${ours} | ${baseline ?? ''} | ${ratio ?? ''} |`,
    );
    return `## ${title}\n\n| what | measured | baseline | ratio |\n|---|---:|---:|---:|\n${lines.join('\n')}\n`;
  });
  return `# What \`npm run bench -- ${name}\` measured\n\n${about.join(', ')}.\n\n${tables.join('\n')}`;
}
