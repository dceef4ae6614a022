import { link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { EngineMemory } from '#main/engine/tasks/engine-memory.ts';
import { localiseTask } from '#main/engine/tasks/localise.ts';
import type { TaskContext } from '#main/engine/tasks/task-context.ts';
import type { EngineTasks } from '#main/engine/tasks.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import type { SyntheticWorld } from '#main/pipeline/propose/synthetic-video.ts';
import type { Correction } from '#main/pipeline/tune/training-shots.ts';
import type { BenchContext, BenchRow } from './bench-case.ts';
import { measured } from './bench-case.ts';
import { makeRandomViTB, vitB } from './random-checkpoint.ts';

const videoCount = 100;
const distinctHours = 6;
const samplingFps = 4;
const classes = ['high jump', 'throw discus', 'diving', 'pole vault'].map((prompt, index) => ({
  classId: index + 1,
  prompt,
}));
const reviewedCount = 20;
const correctedCount = 80;
const burst = 12;

/**
 * A person corrects in a project of 100 one-hour videos: what the engine's own task takes from a correction to the new
 * segments of the video in view, features on the disk, 80 videos corrected and 20 of them reviewed.
 */
export async function correctingAnArchive(context: BenchContext, world: SyntheticWorld): Promise<BenchRow[]> {
  const title = `${videoCount} one-hour videos through the engine, ${correctedCount} corrected, ${reviewedCount} reviewed`;
  const folder = path.join(context.cacheFolder, 'random-clip-vit-b16');
  context.say('making a random ViT-B/16 checkpoint, once per machine');
  makeRandomViTB(folder);
  await using memory = new EngineMemory();
  const model = { folder, provider: 'cpu' } as const;
  const featuresFolder = path.join(context.scratchFolder, 'archive');
  context.say(`storing the features of ${videoCount} hours`);
  const videos = await storeHours(memory, model, featuresFolder, world);
  const corrections: Correction[] = videos.slice(0, correctedCount).flatMap(({ videoId, actions }) =>
    actions.slice(0, 5).map((span, index) => ({
      videoId,
      startUs: span.startUs,
      endUs: span.endUs,
      classId: 1 + (index % classes.length),
      decision: index === 4 ? ('rejected' as const) : ('accepted' as const),
    })),
  );
  const question = (video: (typeof videos)[number], some: readonly Correction[]): EngineTasks['localise']['input'] => ({
    media: video.media,
    model,
    featuresFolder,
    classes,
    settings: { samplingFps, templates: [], backgroundTexts: [] },
    taught: {
      versionFile: null,
      boundaryFile: null,
      corrections: some,
      reviewed: videos.slice(0, reviewedCount).map(({ videoId, endUs }) => ({ videoId, span: { startUs: 0, endUs } })),
      videos: videos.map(({ videoId, media, endUs }) => ({
        videoId,
        name: media.path,
        checksum: media.checksum,
        endUs,
      })),
    },
  });
  const task: TaskContext = { memory, signal: new AbortController().signal, report: () => undefined };
  const scored = (video: (typeof videos)[number], some: readonly Correction[]): Promise<number> =>
    millisecondsOf(() => localiseTask(question(video, some), task));

  const before = corrections.slice(0, -burst);
  context.say('the first lesson, and the first video');
  const first = await scored(videos[0]!, before);
  context.say('all videos, for the first time');
  const cold: number[] = [];
  for (const video of videos.slice(1)) cold.push(await scored(video, before));
  context.say('a burst of corrections');
  const inView: number[] = [];
  const next: number[] = [];
  for (let made = 1; made <= burst; made += 1) {
    const some = corrections.slice(0, corrections.length - burst + made);
    inView.push(
      await scored(
        videos.find(({ videoId }) => videoId === some.at(-1)!.videoId)!,
        some,
      ),
    );
    next.push(await scored(videos[made]!, some));
  }
  context.say('all videos, once more');
  const all = await millisecondsOf(async () => {
    for (const video of videos) await scored(video, corrections);
  });
  return [
    measured(title, 's until the first video of a project that was just opened', first / 1000),
    measured(title, 'ms a further video, for the first time', median(cold)),
    measured(title, 'ms from a correction to the segments of the video in view', median(inView)),
    measured(title, 'ms of the slowest of them', Math.max(...inView)),
    measured(title, 'ms from there to the next video', median(next)),
    measured(title, 's to score all videos again', all / 1000),
  ];
}

/** Features of a few different hours, under the checksums of many videos. */
async function storeHours(
  memory: EngineMemory,
  model: EngineTasks['localise']['input']['model'],
  featuresFolder: string,
  world: SyntheticWorld,
) {
  const store = new FeatureStore(featuresFolder);
  const keyOf = (checksum: string) => memory.models.featureKey(checksum, model, samplingFps);
  await mkdir(featuresFolder, { recursive: true });
  const hours: ReturnType<SyntheticWorld['video']>[] = [];
  for (let hour = 0; hour < distinctHours; hour += 1) {
    const made = world.video(hour + 1);
    await using appender = await store.append(await keyOf(checksumOf(hour)), vitB.dim);
    await appender.append(made.video.features, made.video.timesUs);
    await appender.finish();
    hours.push(made);
  }
  const videos = Array.from({ length: videoCount }, (_, index) => {
    const { endUs, actions } = hours[index % distinctHours]!;
    const frames = Float64Array.from({ length: 90_001 }, (_frame, at) => Math.round((at * endUs) / 90_000));
    const media = { path: `hour-${index + 1}.mp4`, checksum: checksumOf(index), frames };
    return { videoId: index + 1, media, actions, endUs };
  });
  for (let index = distinctHours; index < videoCount; index += 1) {
    const from = store.filesOf(await keyOf(checksumOf(index % distinctHours)));
    const to = store.filesOf(await keyOf(checksumOf(index)));
    await link(from.times, to.times);
    await link(from.features, to.features);
  }
  return videos;
}

const checksumOf = (index: number): string => `${String(index).padStart(4, '0')}hours`;

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
