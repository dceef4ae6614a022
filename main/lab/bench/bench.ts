import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import type { Bench, BenchContext, BenchRow } from './bench-case.ts';
import { benchPage, type BenchReport } from './bench-page.ts';
import { pipelineBench } from './cases/pipeline.ts';
import { providersBench } from './cases/providers.ts';
import { scaleLearningBench } from './cases/scale-learning.ts';
import { scaleSearchBench } from './cases/scale-search.ts';
import { searchBench } from './cases/search.ts';
import { timelineSensorsBench } from './cases/timeline-sensors.ts';
import { timelineBench } from './cases/timeline.ts';
import { tuneBench } from './cases/tune.ts';
import { xclipBench } from './cases/xclip.ts';

const benches: readonly Bench[] = [
  pipelineBench,
  providersBench,
  scaleLearningBench,
  scaleSearchBench,
  searchBench,
  timelineBench,
  timelineSensorsBench,
  tuneBench,
  xclipBench,
];

/**
 * `npm run bench -- [name] [--json] [--out <folder>] [--hours <n,n,…>] [--seed <n>]`: runs one benchmark, or those whose names
 * begin with that word (`scale`), or all there are, and prints the rows on standard output; `--out` writes them as a page
 * of that name as well.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      out: { type: 'string' },
      hours: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const [name] = positionals;
  const chosen =
    name === undefined ? benches : benches.filter((bench) => bench.name === name || bench.name.startsWith(`${name}-`));
  if (chosen.length === 0 || positionals.length > 1) {
    const known = benches.map((bench) => bench.name).join(', ');
    throw new Error(`There is no benchmark "${positionals.join(' ')}"; there are: ${known}.`);
  }
  const rows: BenchRow[] = [];
  const scratchFolder = await mkdtemp(path.join(tmpdir(), 'cuepoint-bench-run-'));
  try {
    const cacheFolder = path.join(tmpdir(), 'cuepoint-bench');
    await mkdir(cacheFolder, { recursive: true });
    const hours = values.hours === undefined ? null : hoursIn(values.hours);
    const seed = Number(values.seed ?? 0);
    if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`--seed ${values.seed} is no whole number from 0.`);
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const context: BenchContext = { cacheFolder, scratchFolder, hours, seed, say };
    for (const bench of chosen) rows.push(...(await bench.run(context)));
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
  const report: BenchReport = { name: name ?? 'all', machine: machine(), rows };
  if (values.out !== undefined) {
    const file = path.join(values.out, `bench-${report.name}.md`);
    await mkdir(values.out, { recursive: true });
    await writeFileAtomic(file, benchPage(report));
    process.stderr.write(`wrote ${file}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else printTable(report.machine, rows);
}

function hoursIn(text: string): number[] {
  const hours = text.split(',').map(Number);
  if (!hours.every((each) => Number.isSafeInteger(each) && each > 0))
    throw new Error(`--hours ${text} is no list of whole hours, such as 10,100.`);
  return [...new Set(hours)].toSorted((a, b) => a - b);
}

const [busyAtStart] = loadavg() as [number, number, number];

function machine(): BenchReport['machine'] {
  const [cpu] = cpus();
  return {
    platform: `${process.platform} ${process.arch}`,
    cpu: cpu?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
    node: process.version,
    // Of others, a minute long when the run began: what else the machine had to do.
    busyProcesses: Number(busyAtStart.toFixed(1)),
  };
}

function printTable(about: object, rows: readonly BenchRow[]): void {
  process.stdout.write(`${JSON.stringify(about)}\n`);
  for (const row of rows) {
    const against = row.baseline === null ? '' : `  against ${row.baseline}, ratio ${row.ratio}`;
    process.stdout.write(`${row.case}: ${row.metric} ${row.ours}${against}\n`);
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
