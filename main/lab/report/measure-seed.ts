import { scorerPresets, type ScorerPreset } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import { tuningPresets } from '#main/pipeline/tune/presets.ts';
import { worldActions } from '#main/lab/world/actions.ts';
import type { VideoScript } from '#main/lab/world/untrimmed-video.ts';
import type { Method, Presets } from './few-shot-methods.ts';
import { Measurements } from './measurements.ts';
import { clipScorerStages, measureClipScorer } from './rendered-clip-scorer.ts';
import { fewShotStages, measureFewShot } from './rendered-few-shot.ts';
import { localiseIn, measureLocalisation } from './rendered-localisation.ts';
import { measureZeroShot, seenSplit } from './rendered-recognition.ts';
import { measureRetrieval } from './rendered-retrieval.ts';
import { novelActions, reportSize, seenActions, writeScripts, type RenderedSize } from './rendered-videos.ts';
import { openRenderedWorld, type SeenVideo } from './rendered-world.ts';

/** What is measured for each seed: plain values, since a thread of its own is given them. */
export interface SeedOptions {
  /** A CLIP checkpoint folder. */
  readonly model: string;
  /** An X-CLIP checkpoint folder. */
  readonly xclip: string | null;
  /** Where features of films are kept from one report to the next; nowhere where absent. */
  readonly cache?: string;
  readonly shotCounts: readonly number[];
  readonly size?: RenderedSize;
  readonly methods?: readonly Method[];
  readonly presets?: Presets;
  readonly scorerPreset?: ScorerPreset;
  readonly boundarySteps?: number;
}

/** What `measureSeed` begins, in order. */
export const stagesOf = ({ shotCounts, xclip, methods }: SeedOptions): string[] => [
  'films',
  'zero-shot',
  ...fewShotStages(shotCounts, methods),
  ...(xclip === null ? [] : clipScorerStages(shotCounts)),
];

/** Draws the films of one seed and measures all that the report says of them; equal seeds give equal numbers. */
export async function measureSeed(
  seed: number,
  options: SeedOptions,
  begin: (stage: string) => void,
): Promise<Measurements> {
  const { shotCounts, presets = tuningPresets } = options;
  const scripts = writeScripts(seed, options.size ?? reportSize, Math.max(...shotCounts));
  await using world = await openRenderedWorld(options.model, options.cache ?? null);
  const measurements = new Measurements();
  begin('films');
  let filmed = 0;
  const film = (some: readonly VideoScript[]): Promise<SeenVideo[]> => {
    filmed += some.length;
    return world.see(filmed - some.length + 1, some);
  };
  const clips = await film(scripts.clips);
  const seenVideos = await film(scripts.seen);
  const test = await film(scripts.novel);
  const shots = await film(scripts.shots);

  begin('zero-shot');
  const seen = await world.classesOf(seenActions);
  const novel = await world.classesOf(novelActions);
  const all = await world.classesOf(worldActions);
  const frames = ['middle frame', 'mean of frames'] as const;
  const views = world.module === null ? frames : ([...frames, 'temporal module'] as const);
  measureZeroShot(clips, test, { seen, novel, all }, views, measurements);
  const found = seenVideos.map((video) => ({
    video,
    localisation: localiseIn(video, seen.classSet, world.module === null ? {} : { denseFeatures: video.seen }),
  }));
  measureLocalisation(found, seen, { split: seenSplit, shots: 0, method: 'zero-shot' }, measurements);
  await measureRetrieval(world, clips, measurements);

  await measureFewShot(
    world,
    novel,
    { shots, test },
    {
      shotCounts,
      presets,
      seed,
      begin,
      ...(options.methods === undefined ? {} : { methods: options.methods }),
      ...(options.boundarySteps === undefined ? {} : { boundarySteps: options.boundarySteps }),
    },
    measurements,
  );
  if (options.xclip === null) return measurements;
  await measureClipScorer(
    { clips, shots, test },
    { seen, novel },
    { folder: options.xclip, shotCounts, preset: options.scorerPreset ?? scorerPresets.careful, seed, begin },
    measurements,
  );
  return measurements;
}
