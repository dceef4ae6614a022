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
import { cachedClip } from './cached-clip.ts';
import { makeRandomViTB } from './random-checkpoint.ts';

const clip = { width: 640, height: 360, fps: 30, seconds: 6 };
const samplingFps = 4;
const rounds = 3;

/**
 * Frames per second of decoding, preprocessing, encoding and the whole, in turns, so that whatever else the machine does
 * falls on all of them alike.
 */
export async function throughputRows(context: BenchContext): Promise<BenchRow[]> {
  const checkpoint = path.join(context.cacheFolder, 'random-clip-vit-b16');
  context.say('making a random ViT-B/16 checkpoint, once per machine');
  makeRandomViTB(checkpoint);
  const media = await cachedClip(clip, context);
  await using memory = new EngineMemory();
  const encoder = await openFrameEncoder(memory, { folder: checkpoint, provider: 'auto' });
  const [inFloats, inWholeNumbers] = [
    await openFrameEncoder(memory, { folder: checkpoint, provider: 'cpu' }),
    await openFrameEncoder(memory, { folder: checkpoint, provider: 'cpu-int8' }),
  ];
  for (const each of [encoder, inFloats, inWholeNumbers]) await encodeAlone(each, each.batchSize);

  const seconds = { decode: 0, preprocess: 0, encode: 0, whole: 0, floats: 0, wholeNumbers: 0 };
  const frames = rounds * sampledFrames(FrameTable.fromArray(media.frames), samplingFps).length;
  for (let round = 0; round < rounds; round += 1) {
    context.say(`round ${round + 1} of ${rounds}`);
    seconds.decode += await timed(() => decodeAlone(media));
    seconds.preprocess += await timed(async () => preprocessAlone(encoder, frames / rounds));
    seconds.encode += await timed(() => encodeAlone(encoder, frames / rounds));
    const folder = (of: string): string => path.join(context.scratchFolder, `features-${of}-${round}`);
    seconds.whole += await timed(() => whole(media, encoder, folder('auto')));
    seconds.floats += await timed(() => whole(media, inFloats, folder('fp32')));
    seconds.wholeNumbers += await timed(() => whole(media, inWholeNumbers, folder('int8')));
  }
  const name = `random ViT-B/16 on ${encoder.provider.chosen}, 640×360 30 fps video sampled at ${samplingFps} fps`;
  const perSecond = (stage: keyof typeof seconds) => frames / seconds[stage];
  return [
    measured(name, 'decode, sampled frames/s', perSecond('decode')),
    measured(name, 'preprocess, frames/s', perSecond('preprocess')),
    measured(name, 'encode, frames/s', perSecond('encode')),
    compared(name, 'whole against encode alone, frames/s', perSecond('whole'), perSecond('encode')),
    compared(name, 'whole in int8 against fp32, frames/s', perSecond('wholeNumbers'), perSecond('floats')),
  ];
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
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
  let pixels = new Float32Array(encoder.batchSize * length).map((_, index) => Math.sin(index));
  for (let done = 0; done < frames; done += encoder.batchSize) {
    ({ pixels } = await encoder.encode(pixels, Math.min(encoder.batchSize, frames - done)));
  }
}

async function whole(
  media: IndexedMedia,
  encoder: FrameEncoder & { readonly dim: number },
  featuresFolder: string,
): Promise<void> {
  const table = FrameTable.fromArray(media.frames);
  const key = { videoChecksum: media.checksum, modelHash: 'random', preprocessingHash: 'random', samplingFps };
  await using frames = await openFrameSource(media.path, table);
  await using appender = await new FeatureStore(featuresFolder).append(key, encoder.dim);
  await embedVideo({ frames, table, samplingFps, encoder, appender });
  await appender.finish();
}
