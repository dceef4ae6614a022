import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { readClipConfig } from '#native-models/clip/config.ts';
import { textTower, tokenEmbeddings } from '#native-models/clip/text-tower.ts';
import { transposeLast } from '#native-models/graph/arrange.ts';
import { crossEntropy, l2Normalise, square } from '#native-models/graph/composites.ts';
import { gradients } from '#native-models/graph/differentiate.ts';
import { dim } from '#native-models/graph/dimension.ts';
import { add, exp, mul, sub } from '#native-models/graph/elementwise.ts';
import { matmul } from '#native-models/graph/linear-algebra.ts';
import { lowerToOnnx } from '#native-models/graph/lower-to-onnx.ts';
import { reduceMean } from '#native-models/graph/reduce.ts';
import { input, parameter } from '#native-models/graph/tensor.ts';
import { openSession } from '#native-models/runtime/session.ts';
import { floats, floatsOf } from '#native-models/runtime/tensor-value.ts';
import {
  temporalParameters,
  temporalTransformer,
  type TemporalShape,
} from '#native-models/temporal/temporal-transformer.ts';
import { partlyTrainable } from '#native-models/training/trainable-checkpoint.ts';
import { auxiliary } from './contrastive-graph.ts';
import { captionFeeds } from './caption-feeds.ts';
import { playedBackwards } from './captions.ts';
import { jointCoordinates } from './render-batch.ts';
import { shareRight } from './share-right.ts';
import type { WindowBatch } from './window-batch.ts';

export interface TemporalAnswer {
  /** Of spans seen through the temporal module. */
  readonly loss: number;
  /** Share of spans whose own class wins over all others, its reverse included. */
  readonly accuracy: number;
  /** Of spans of actions that have a reverse: share whose class wins over that. */
  readonly directionAccuracy: number;
  /** Root mean square error of the joints' movements, figure units. */
  readonly movementError: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/**
 * The second stage of the starter's training as one graph, the image tower frozen: spans of dense features against the
 * captions of exactly what happens, and single frames against captions that an action shares with its reverse.
 */
export interface TemporalGraph extends AsyncDisposable {
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  step(
    weights: ReadonlyMap<string, Float32Array>,
    batch: WindowBatch,
    captions: readonly (readonly number[])[],
  ): Promise<TemporalAnswer>;
}

/** Trained here besides the temporal module. */
export const isTextTensor = (name: string): boolean => /^(text_|logit_scale)/.test(name);

/**
 * Tells classes by the features alone, thrown away afterwards: the texts of an action and its reverse are all but equal
 * at first, and would never ask the features to differ.
 */
export const classHeadName = `${auxiliary}class.weight`;
/** Tells from a frame's dense feature how the joints move there: what a single frame cannot show. */
export const movementHeadName = `${auxiliary}movements.weight`;
/** Brings squared errors of figure units to the size of a cross-entropy. */
const movementWeight = 100;

/** Single frames count for less: they keep texts where the image tower expects them. */
const frameWeight = 0.5;

export async function openTemporalGraph(
  folder: string,
  shape: TemporalShape,
  segmentsPerWindow: number,
  classCount: number,
  threads: number,
): Promise<TemporalGraph> {
  const config = readClipConfig(folder);
  const checkpoint = partlyTrainable(openCheckpoint(folder), isTextTensor);
  const temporal = temporalParameters(shape);
  const { frames: length, width } = shape;
  const [windows, tokens] = [dim('windows'), dim('tokens')];
  const frames = input('frames', [windows, length, width]);
  const pooling = input('pooling', [windows, segmentsPerWindow, length]);
  const ids = input('ids', [classCount, tokens], 'int64');
  const endOfText = input('end_of_text', [classCount, tokens]);

  const embeds = textTower(tokenEmbeddings(ids, config, checkpoint), endOfText, config, checkpoint).embeds;
  const captions = transposeLast(l2Normalise(embeds));
  const scale = exp(checkpoint.tensor('logit_scale', []));
  const dense = l2Normalise(temporalTransformer(frames, shape, temporal));
  const segments = l2Normalise(matmul(pooling, dense));
  const logits = mul(matmul(segments, captions), scale);
  const segmentTargets = input('segment_targets', [windows, segmentsPerWindow, classCount]);
  const loss = crossEntropy(logits, segmentTargets);
  const classHead = parameter(classHeadName, [classCount, width]);
  const headLogits = mul(matmul(segments, transposeLast(classHead)), scale);
  const headLoss = crossEntropy(headLogits, segmentTargets);
  const movementHead = parameter(movementHeadName, [jointCoordinates, width]);
  const movements = input('movements', [windows, length, jointCoordinates]);
  const movementError = reduceMean(square(sub(matmul(dense, transposeLast(movementHead)), movements)));
  const frameLogits = mul(matmul(frames, captions), scale);
  const frameLoss = crossEntropy(frameLogits, input('frame_targets', [windows, length, classCount]));

  const heads = [
    [classHeadName, classHead],
    [movementHeadName, movementHead],
  ] as const;
  const parameters = [...checkpoint.parameters, ...temporal, ...heads];
  const slopes = gradients(
    add(add(loss, headLoss), add(mul(frameLoss, frameWeight), mul(movementError, movementWeight))),
    parameters.map(([, tensor]) => tensor),
  );
  const outputs = Object.fromEntries(parameters.map(([name], index) => [`d ${name}`, slopes[index]!]));
  const session = await openSession(lowerToOnnx({ loss, logits, movement_error: movementError, ...outputs }), {
    provider: 'cpu',
    threads,
  });
  const shapes = new Map(parameters.map(([name, tensor]) => [name, tensor.shape as readonly number[]]));
  return {
    shapes,
    async step(weights, batch, captionIds) {
      const answer = await session.run({
        frames: floats(batch.frames, [batch.windows, length, width]),
        pooling: floats(batch.pooling, [batch.windows, segmentsPerWindow, length]),
        segment_targets: floats(batch.segmentTargets, [batch.windows, segmentsPerWindow, classCount]),
        frame_targets: floats(batch.frameTargets, [batch.windows, length, classCount]),
        movements: floats(batch.movements, [batch.windows, length, jointCoordinates]),
        ...captionFeeds(captionIds),
        ...Object.fromEntries([...shapes].map(([name, size]) => [name, floats(weights.get(name)!, size)])),
      });
      return {
        loss: floatsOf(answer, 'loss')[0]!,
        accuracy: shareRight(floatsOf(answer, 'logits'), batch.segmentTargets, classCount),
        directionAccuracy: shareOfDirections(floatsOf(answer, 'logits'), batch.segmentTargets, classCount),
        movementError: Math.sqrt(floatsOf(answer, 'movement_error')[0]!),
        gradients: new Map(parameters.map(([name]) => [name, floatsOf(answer, `d ${name}`)])),
      };
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function shareOfDirections(logits: Float32Array, targets: Float32Array, classes: number): number {
  const wins: boolean[] = [];
  for (let start = 0; start < logits.length; start += classes) {
    const own = targets.subarray(start, start + classes).indexOf(1);
    const reverse = own < 0 ? null : playedBackwards(own);
    if (reverse !== null && reverse !== own) wins.push(logits[start + own]! > logits[start + reverse]!);
  }
  return wins.filter(Boolean).length / Math.max(1, wins.length);
}
