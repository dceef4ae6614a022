import { concat, reshape, slice } from '#native-models/graph/arrange.ts';
import { negate } from '#native-models/graph/composites.ts';
import { gradients } from '#native-models/graph/differentiate.ts';
import { textFeeds, textLeaves } from '#native-models/dual-encoder/text-feeds.ts';
import { dim } from '#native-models/graph/dimension.ts';
import { add, div, mul } from '#native-models/graph/elementwise.ts';
import { linear } from '#native-models/graph/linear-algebra.ts';
import { lowerToOnnx } from '#native-models/graph/lower-to-onnx.ts';
import { logSoftmax, reduceSum } from '#native-models/graph/reduce.ts';
import { input, type Tensor } from '#native-models/graph/tensor.ts';
import { openSession } from '#native-models/runtime/session.ts';
import { floats, floatsOf } from '#native-models/runtime/tensor-value.ts';
import { trainableCheckpoint } from '#native-models/training/trainable-checkpoint.ts';
import type { XClipConfig } from '#native-models/xclip/config.ts';
import { encodeClips, encodeNames, nameEncoder, scoreClips } from '#native-models/xclip/xclip.ts';
import { shareRight } from './share-right.ts';
import { auxiliary } from './contrastive-graph.ts';
import type { ClipBatch } from './xclip-batch.ts';

export interface XClipAnswer {
  /** Mean cross-entropy of clips, and of clips played backwards where that has a name. */
  readonly loss: number;
  /** Share of clips whose own class wins over all others. */
  readonly accuracy: number;
  /** Of clips that show something else played backwards, in both directions: share whose class wins over that. */
  readonly directionAccuracy: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/**
 * A whole X-CLIP, text encoder included, against one caption a class. Messages carry no positions, so its picture
 * encoder does not know in which order the frames of a clip are (Ni et al. 2022, s.3.2): showing a clip backwards as
 * well costs the integration transformer alone, which is thereby told that order matters.
 *
 * As long as the texts of an action and its reverse are alike, nothing pulls their videos apart, and the other way
 * round. So a head on the videos, thrown away after training, tells the classes without any texts.
 */
export interface XClipGraph extends AsyncDisposable {
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  step(
    weights: ReadonlyMap<string, Float32Array>,
    batch: ClipBatch,
    captions: readonly (readonly number[])[],
  ): Promise<XClipAnswer>;
}

/** As published (Ni et al. 2022, released code). */
const labelSmoothing = 0.1;
/** Brings cosines to the size of logits. */
const headScale = 16;

export async function openXClipGraph(config: XClipConfig, classCount: number, threads: number): Promise<XClipGraph> {
  const { image_size: size, num_frames: frameCount, num_channels: channels } = config.vision_config;
  const checkpoint = trainableCheckpoint();
  const [clips, texts, tokens] = [dim('clips'), dim('texts'), dim('tokens')];
  const picture = [channels, size, size];
  const { frames, context } = encodeClips(input('pixels', [clips, frameCount, ...picture]), config, checkpoint);
  const reader = nameEncoder(config, checkpoint);
  const names = encodeNames(reader, textLeaves(reader, [texts, tokens]));
  const bothWays = { frames: concat([frames, lastFirst(frames)], 0), context: concat([context, context], 0) };
  const scores = scoreClips(bothWays, names, config, checkpoint);
  const logits = reshape(scores.logits, [2, clips, texts]);
  const head = checkpoint.tensor(`${auxiliary}class.weight`, [classCount, config.projection_dim]);
  const ofHead = reshape(mul(linear(scores.videos, head), headScale), [2, clips, classCount]);
  // Rows of zeros belong to clips without a name: they add nothing to either sum.
  const entropy = (scored: Tensor, targets: Tensor): Tensor =>
    div(negate(reduceSum(mul(targets, logSoftmax(scored)))), reduceSum(targets));
  const loss = entropy(logits, input('targets', [2, clips, texts]));
  const whole = add(loss, entropy(ofHead, input('class_targets', [2, clips, classCount])));

  const parameters = [...checkpoint.parameters];
  const slopes = gradients(
    whole,
    parameters.map(([, tensor]) => tensor),
  );
  const outputs = Object.fromEntries(parameters.map(([name], at) => [`d ${name}`, slopes[at]!]));
  const session = await openSession(lowerToOnnx({ loss, logits, ...outputs }), { provider: 'cpu', threads });
  const shapes = new Map(parameters.map(([name, { shape }]) => [name, shape as readonly number[]]));
  return {
    shapes,
    async step(weights, { pixels, classes, backwards }, captions) {
      const columns = captions.length;
      const shown = [...classes, ...backwards];
      const targets = floats(oneHot(shown, columns, labelSmoothing), [2, classes.length, columns]);
      const answer = await session.run({
        pixels: floats(pixels, [classes.length, frameCount, ...picture]),
        targets,
        class_targets: targets,
        ...textFeeds(reader, captions),
        ...Object.fromEntries([...shapes].map(([name, shape]) => [name, floats(weights.get(name)!, shape)])),
      });
      const found = floatsOf(answer, 'logits');
      return {
        loss: floatsOf(answer, 'loss')[0]!,
        accuracy: shareRight(found.subarray(0, classes.length * columns), oneHot(classes, columns, 0), columns),
        directionAccuracy: shareOfDirections(found, shown, columns),
        gradients: new Map(parameters.map(([name]) => [name, floatsOf(answer, `d ${name}`)])),
      };
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** Frames `[B, T, D]` in the other order. */
function lastFirst(frames: Tensor): Tensor {
  const count = frames.shape[1] as number;
  return concat(
    Array.from({ length: count }, (_, at) => slice(frames, 1, count - 1 - at, count - at)),
    1,
  );
}

/** `[rows, columns]`, smoothed (Szegedy et al. 2016); a row of zeros for a class of -1. */
function oneHot(classes: readonly number[], columns: number, smoothing: number): Float32Array {
  const targets = new Float32Array(classes.length * columns);
  classes.forEach((wanted, row) => {
    if (wanted < 0) return;
    targets.fill(smoothing / columns, row * columns, (row + 1) * columns);
    targets[row * columns + wanted]! += 1 - smoothing;
  });
  return targets;
}

/** `shown`: clips, then the same clips backwards. */
function shareOfDirections(logits: Float32Array, shown: readonly number[], columns: number): number {
  const clips = shown.length / 2;
  const told = shown.flatMap((own, row) => {
    const other = shown[(row + clips) % shown.length]!;
    return own < 0 || other < 0 || own === other ? [] : [logits[row * columns + own]! > logits[row * columns + other]!];
  });
  return told.length === 0 ? 0 : told.filter(Boolean).length / told.length;
}
