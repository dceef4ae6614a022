import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { modelHash } from '../checkpoint/model-hash.ts';
import { textFeeds } from '../dual-encoder/text-feeds.ts';
import { encodeTextBatches } from '../encode-batches.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { LazySession } from '../runtime/lazy-session.ts';
import type { ServedPiece } from '../serving/served-graph.ts';
import { floats, floatsOf, type TensorValues } from '../runtime/tensor-value.ts';
import { noTokenizer } from '../text/tokenizer.ts';
import type { VideoModelOptions, VideoTextModel } from '../video-text-model.ts';
import { xclipGraphs } from './xclip-graphs.ts';
import { changesClips } from './trained-parts.ts';
import type { XClipParts } from './xclip-parts.ts';

/** Frames in one run of the picture encoder: a processor gains nothing from more, a device needs many to be busy. */
const framesPerRun = { cpu: 8, device: 64 } as const;

/** Attention scores in one run of the scorer: clips × heads × names × context rows. */
const scoresPerRun = 1 << 24;

/**
 * Opens X-CLIP's parts with the towers they stand on. All three graphs are built and checked now, weights are read when a
 * graph is first run. Fails with 'unreadable-model'.
 */
export async function openXClip(parts: XClipParts, options: VideoModelOptions): Promise<VideoTextModel> {
  const { folder, files, tokenizer, changed, texts: reader, frameCount, contextRows, width, picture } = parts;
  const [channels, height, side] = picture;
  const name = path.basename(path.resolve(folder));
  const onServers = (piece: ServedPiece) => (parts.isServed ? { piece } : {});
  const numbersPerClip = frameCount * channels * height * side;
  const graphs = xclipGraphs(parts);

  const published = await modelHash(files, options.hashCache);
  const hash =
    options.tunedFile === undefined ? published : await modelHash([...files, options.tunedFile], options.hashCache);
  const clipHash = changed.some(changesClips) ? hash : published;

  const clipEncoder = new LazySession(
    () => ({
      model: lowerToOnnx(graphs.clips.outputs),
      probe: () => ({ pixels: floats(madeUp(numbersPerClip), [1, frameCount, ...picture]) }),
      ...onServers('clips'),
      // In whole numbers where they are asked for; half precision is for models of single frames.
      inPrecision: (precision) => lowerToOnnx(graphs.clips.outputs, precision === 'int8' ? 'int8' : 'fp32'),
    }),
    options,
  );
  const names = new LazySession(
    () => ({
      model: lowerToOnnx(graphs.names.outputs),
      probe: () => textFeeds(reader, [[0, 0, 0]]),
      ...onServers('names'),
    }),
    options,
  );
  const scorer = new LazySession(
    () => ({
      model: lowerToOnnx(graphs.scores.outputs),
      probe: () => scoreFeeds(madeUp(frameCount * width), madeUp(contextRows * width), 1, madeUp(2 * width)),
      ...onServers('scores'),
    }),
    options,
  );
  const scoreFeeds = (
    frames: Float32Array,
    context: Float32Array,
    count: number,
    embedded: Float32Array,
  ): TensorValues => ({
    frames: floats(frames, [count, frameCount, width]),
    context: floats(context, [count, contextRows, width]),
    embeds: floats(embedded, [embedded.length / width, width]),
  });
  const read = (text: string) => {
    if (tokenizer === null) throw noTokenizer(folder);
    return tokenizer.encode(text);
  };

  return {
    name,
    kind: parts.kind,
    capabilities: parts.capabilities,
    temporal: null,
    hash,
    clipHash,
    frameCount,
    contextRows,
    dim: width,
    logitScale: parts.logitScale,
    logitBias: null,
    preprocessing: parts.preprocessing,
    get provider() {
      return clipEncoder.report;
    },
    parts,
    async warmUp() {
      await clipEncoder.open();
      return clipEncoder.report;
    },
    async encodeClips(values, count) {
      if (values.length !== count * numbersPerClip) {
        const given = values.length / (Math.max(1, count) * channels * height * side);
        throw new Failure(
          'bad-input',
          say(
            '{{name}} scores clips of exactly {{frameCount}} frames of {{side}}×{{height}}; given were {{given}} frames a clip.',
            { name, frameCount, side, height, given },
          ),
          { frameCount },
        );
      }
      const frames = new Float32Array(count * frameCount * width);
      const context = new Float32Array(count * contextRows * width);
      const session = await clipEncoder.open();
      const budget = session.provider.startsWith('cpu') ? framesPerRun.cpu : framesPerRun.device;
      const perRun = Math.max(1, Math.floor(budget / frameCount));
      for (let start = 0; start < count; start += perRun) {
        const batch = Math.min(perRun, count - start);
        const part = values.subarray(start * numbersPerClip, (start + batch) * numbersPerClip);
        const answer = await session.run({ pixels: floats(part, [batch, frameCount, ...picture]) });
        frames.set(floatsOf(answer, 'frames'), start * frameCount * width);
        context.set(floatsOf(answer, 'context'), start * contextRows * width);
      }
      return { count, frames, context };
    },
    encodeNames: (list) =>
      encodeTextBatches(
        list.map((text) => read(text).ids),
        width,
        async (batch) => floatsOf(await names.run(textFeeds(reader, batch)), 'embeds'),
      ),
    readName(text) {
      const { ids: tokens, truncated } = read(text);
      return { tokens: tokens.length, truncated };
    },
    async score({ frames, context, count }, embedded) {
      const columns = embedded.length / width;
      const scores = new Float32Array(count * columns);
      if (scores.length === 0) return scores;
      const perRun = Math.max(1, Math.floor(scoresPerRun / (parts.promptHeads * columns * contextRows)));
      for (let start = 0; start < count; start += perRun) {
        const end = Math.min(count, start + perRun);
        const rows = (values: Float32Array, length: number) => values.subarray(start * length, end * length);
        const feeds = scoreFeeds(
          rows(frames, frameCount * width),
          rows(context, contextRows * width),
          end - start,
          embedded,
        );
        scores.set(floatsOf(await scorer.run(feeds), 'logits'), start * columns);
      }
      return scores;
    },
    async [Symbol.asyncDispose]() {
      for (const session of [clipEncoder, names, scorer]) await session[Symbol.asyncDispose]();
    },
  };
}

/** Made-up numbers of the spread that normalised pixels and features have, always the same, to compare providers on. */
const madeUp = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * 0.37) + Math.cos(at * 0.011));
