import { scorerPresets, type ScorerPreset } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import { tuningPresets, type TuningPreset } from '#main/pipeline/tune/presets.ts';
import { measureCarried } from './measure-carried.ts';
import { measureClipScorer } from './measure-clip-scorer.ts';
import { measureAmongAll, measureNewcomers } from './measure-crowd.ts';
import { measureLongKinds, measureRecordings, measureShifted, measureSingle } from './measure-footage.ts';
import { foundBy, measureLocalisation } from './measure-localisation.ts';
import { measureMistakes } from './measure-mistakes.ts';
import { measurePresets } from './measure-presets.ts';
import { measureQueue } from './measure-queue.ts';
import { measurePublished, measureShots, measureTotals } from './measure-shots.ts';
import { Measurements, studioMethod, type Measurement } from './measurements.ts';
import { KeptResults } from './kept-results.ts';
import { measureZeroShot, seenSplit } from './rendered-recognition.ts';
import { measureRetrieval } from './rendered-retrieval.ts';
import { reportSize, type RenderedSize } from './rendered-videos.ts';
import { openRenderedWorld } from './rendered-world.ts';
import { SeedFilms } from './seed-films.ts';
import { zeroShotMethod, type SeedContext, type SeedTask } from './seed-task.ts';
import { studioStudent, zeroShotStudent } from './student.ts';

/** What is measured for each seed: plain values, since a thread of its own is given them. */
export interface SeedOptions {
  /** A CLIP checkpoint folder. */
  readonly model: string;
  /** An X-CLIP checkpoint folder. */
  readonly xclip: string | null;
  /** Where features of films and results are kept from one report to the next; nowhere where absent. */
  readonly cache?: string;
  readonly shotCounts: readonly number[];
  /** Names of tasks; all of them where absent. */
  readonly only?: readonly string[];
  readonly size?: RenderedSize;
  readonly published?: TuningPreset;
  readonly timePresets?: readonly TuningPreset[];
  readonly scorerPreset?: ScorerPreset;
}

const tasks = {
  names: async ({ world, films }, measurements) => {
    const { seen, novel, all } = films;
    const clips = await films.films('clips');
    const frames = ['middle frame', 'mean of frames'] as const;
    const views = world.module === null ? frames : ([...frames, 'temporal module'] as const);
    measureZeroShot(clips, await films.films('novel'), { seen, novel, all }, views, measurements);
    const videos = await films.films('seen');
    const none = { corrections: [], reviewed: [] };
    for (const [method, student] of [
      [zeroShotMethod, zeroShotStudent(seen)],
      [studioMethod, studioStudent(seen, { corrected: [], unlabelled: videos }, none)],
    ] as const)
      measureLocalisation(foundBy(student, videos), seen, { split: seenSplit, shots: 0, method }, measurements);
  },
  retrieval: async ({ world, films }, measurements) =>
    measureRetrieval(world, await films.films('clips'), measurements),
  shots: measureShots,
  totals: measureTotals,
  queue: measureQueue,
  crowd: measureAmongAll,
  newcomers: measureNewcomers,
  mistakes: measureMistakes,
  recordings: measureRecordings,
  'long-kinds': measureLongKinds,
  single: measureSingle,
  shifted: measureShifted,
  carried: measureCarried,
  published: measurePublished,
  presets: measurePresets,
  xclip: measureClipScorer,
} satisfies Record<string, SeedTask>;

/** Tasks that train for as long as all others take together. */
export const slowTasks: readonly string[] = ['published', 'presets', 'xclip'] satisfies (keyof typeof tasks)[];

export const taskNames = Object.keys(tasks) as (keyof typeof tasks)[];

/** What `measureSeed` begins, in order. */
export const stagesOf = ({ xclip, only = taskNames }: Pick<SeedOptions, 'xclip' | 'only'>): (keyof typeof tasks)[] =>
  taskNames.filter((name) => only.includes(name) && (name !== 'xclip' || xclip !== null));

/** Draws the films of one seed and measures all that the report says of them; equal seeds give equal numbers. */
export async function measureSeed(
  seed: number,
  options: SeedOptions,
  begin: (stage: string) => void,
): Promise<Measurements> {
  await using world = await openRenderedWorld(options.model, options.cache ?? null);
  const size = options.size ?? reportSize;
  const films = await SeedFilms.of(world, seed, size, Math.max(...options.shotCounts));
  const context: SeedContext = {
    seed,
    world,
    films,
    shotCounts: options.shotCounts,
    xclip: options.xclip,
    published: options.published ?? tuningPresets['efficient-prompt'],
    timePresets: options.timePresets ?? [tuningPresets.actionclip, tuningPresets.clip4clip],
    scorerPreset: options.scorerPreset ?? scorerPresets.careful,
  };
  const { shotCounts, published, timePresets, scorerPreset } = context;
  const kept =
    options.cache === undefined
      ? null
      : new KeptResults(options.cache, [
          world.model.hash,
          world.moduleHash,
          options.xclip,
          shotCounts,
          size,
          published,
          timePresets,
          scorerPreset,
        ]);
  const all = new Measurements();
  for (const name of stagesOf(options)) {
    begin(name);
    const measure = async (): Promise<readonly Measurement[]> => {
      const measurements = new Measurements();
      await tasks[name](context, measurements);
      return measurements.all();
    };
    const measured = kept === null ? await measure() : await kept.of(name, seed, measure);
    for (const { about, value } of measured) all.add(about, value);
  }
  return all;
}
