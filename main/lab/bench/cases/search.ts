import path from 'node:path';
import { EngineMemory } from '#main/engine/tasks/engine-memory.ts';
import { openFrameEncoder } from '#main/engine/memory/frame-encoder.ts';
import { localiseTask } from '#main/engine/tasks/localise.ts';
import { search } from '#main/engine/tasks/search.ts';
import type { TaskContext } from '#main/engine/tasks/task-context.ts';
import type { EngineTasks } from '#main/engine/tasks.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';
import type { Bench, BenchContext, BenchRow } from '../bench-case.ts';
import { compared, measured, median } from '../bench-case.ts';
import { makeRandomViTB, vitB } from '../random-checkpoint.ts';
import { scenesOfFeatures } from '../scenes-of-features.ts';

const samplingFps = 4;
const hours = 1;
const rows = hours * 3600 * samplingFps;
const encodedFrames = 8;
const settings = { samplingFps, templates: [], backgroundTexts: [] };
const prompts = [
  'volleyball spiking',
  'throw discus',
  'baseball pitch',
  'high jump',
  'pole vault',
  'diving',
  'shot put',
];

/** What typing a class and asking for a text cost once features are stored, against computing the features anew. */
export const searchBench: Bench = {
  name: 'search',
  async run(context: BenchContext): Promise<BenchRow[]> {
    const folder = path.join(context.cacheFolder, 'random-clip-vit-b16');
    context.say('making a random ViT-B/16 checkpoint, once per machine');
    makeRandomViTB(folder);
    await using memory = new EngineMemory();
    const model = { folder, provider: 'auto' } as const;
    const encodeSeconds = await secondsPerFrame(memory, model);

    const featuresFolder = path.join(context.scratchFolder, 'features');
    const media = await storeFeatures(memory, model, featuresFolder);
    const task: TaskContext = { memory, signal: new AbortController().signal, report: () => undefined };
    const localise = (count: number) => {
      const classes = prompts.slice(0, count).map((prompt, index) => ({ classId: index + 1, prompt }));
      return timed(() => localiseTask({ media, model, featuresFolder, classes, settings }, task));
    };
    context.say('localising in an hour of features');
    const first = await localise(3);
    const added: number[] = [];
    for (let count = 4; count <= prompts.length; count += 1) added.push(await localise(count));
    const ask = (text: string) => {
      const videos = [{ videoId: 1, name: media.path, checksum: media.checksum, endUs: media.frames.at(-1)! }];
      return timed(() => search({ question: { text }, videos, model, featuresFolder, settings, top: 20 }, task));
    };
    await ask('somebody falls');
    const asked = [await ask('a horse jumps over a fence'), await ask('people dance'), await ask('a car turns')];

    const name = `${hours} h of video at ${samplingFps} fps, ${rows} features of ${vitB.dim}`;
    const embedding = `against embedding it anew, extrapolated from ${encodedFrames} frames, s`;
    return [
      measured(name, 'first localisation of 3 classes, features read and text encoder loaded, s', first),
      compared(name, 're-scoring when a class is added, against the second that it may take, s', median(added), 1),
      compared(name, `re-scoring when a class is added, ${embedding}`, median(added), encodeSeconds * rows),
      compared(name, `searching for a new text, ${embedding}`, median(asked), encodeSeconds * rows),
    ];
  },
};

async function secondsPerFrame(memory: EngineMemory, model: EngineTasks['embed']['input']['model']): Promise<number> {
  const encoder = await openFrameEncoder(memory, model);
  const length = new ImagePreprocessor(encoder.preprocessing).outputLength;
  const encode = () => encoder.encode(new Float32Array(encodedFrames * length), encodedFrames);
  await encode();
  return (await timed(encode)) / encodedFrames;
}

async function storeFeatures(memory: EngineMemory, model: EngineTasks['embed']['input']['model'], folder: string) {
  const checksum = 'scenes';
  const stepUs = microsecondsPerSecond / samplingFps;
  await using appender = await new FeatureStore(folder).append(
    await memory.models.featureKey(checksum, model, samplingFps),
    vitB.dim,
  );
  const timesUs = Float64Array.from({ length: rows }, (_, row) => row * stepUs);
  await appender.append(scenesOfFeatures(rows, vitB.dim), timesUs);
  await appender.finish();
  const frames = Float64Array.from({ length: rows + 1 }, (_, row) => row * stepUs);
  return { path: 'scenes.mp4', checksum, frames };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
