import '#native-models/runtime/runtime-environment.ts';
import { verbatim, type Saying } from '#preload/domain/saying.ts';
import { moduleBeside, startThread } from '#main/call-port/thread.ts';
import { slowTasks, stagesOf, taskNames, type SeedOptions } from './measure-seed.ts';
import { Measurements, type Measurement } from './measurements.ts';
import { Progress } from './progress.ts';
import { reportSize, writeScripts } from './rendered-videos.ts';
import { openRenderedWorld } from './rendered-world.ts';
import type { ReportRow } from './report-row.ts';
import type { SeedCalls, SeedOrder } from './seed-worker.ts';

export interface RenderedReportOptions extends SeedOptions {
  readonly seeds: readonly number[];
  /** On how many of the seeds, from the first, slow tasks are measured too; all of them where absent. */
  readonly slowSeeds?: number;
  /** Seeds that are measured at the same time, each on a thread; it changes no number. */
  readonly threads: number;
  readonly say: (line: string) => void;
}

const entry = moduleBeside(import.meta.filename, 'seed-worker');

/** Everything that the report says of the rendered world; the same options give the same numbers. */
export async function renderedReport({
  seeds,
  slowSeeds = seeds.length,
  threads,
  say,
  ...options
}: RenderedReportOptions): Promise<ReportRow[]> {
  await refuseImpossible(seeds, options, say);
  const { only = taskNames } = options;
  const tasksOf = (seed: number): readonly string[] =>
    seeds.indexOf(seed) < slowSeeds ? only : only.filter((name) => !slowTasks.includes(name));
  const stages = seeds.flatMap((seed) => stagesOf({ ...options, only: tasksOf(seed) }));
  const progress = new Progress(seeds.length, stages, threads, say);
  const measured = new Map<number, readonly Measurement[]>();
  const waiting = [...seeds];
  const stopping = new AbortController();
  const measureWaiting = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const begin = (stage: string): void => progress.begin(seed, stage);
      measured.set(
        seed,
        await measureOnThread({ seed, options: { ...options, only: tasksOf(seed) } }, begin, stopping.signal),
      );
      progress.finish(seed);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(threads, seeds.length) }, measureWaiting));
  } finally {
    stopping.abort();
  }
  const measurements = new Measurements();
  for (const seed of seeds) for (const { about, value } of measured.get(seed)!) measurements.add(about, value);
  return measurements.rows();
}

/** What is wrong with the order is said at once, not by a thread after minutes. */
async function refuseImpossible(
  seeds: readonly number[],
  { model, shotCounts, size = reportSize }: SeedOptions,
  say: (line: string) => void,
): Promise<void> {
  for (const seed of seeds) writeScripts(seed, size, Math.max(...shotCounts));
  await using world = await openRenderedWorld(model);
  world.warnings.forEach(say);
}

async function measureOnThread(
  order: SeedOrder,
  begin: (stage: string) => void,
  signal: AbortSignal,
): Promise<readonly Measurement[]> {
  const stopped = (reason: string): Saying => verbatim(`Measuring seed ${order.seed} stopped by itself (${reason}).`);
  const { calls, gone, terminate } = startThread<SeedCalls, string>(entry, stopped);
  signal.addEventListener('abort', terminate, { once: true });
  try {
    return await calls.call('measure', order, { onProgress: begin });
  } finally {
    calls.stop();
    await gone;
  }
}
