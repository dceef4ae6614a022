import { crossEntropy, l2Normalise, square } from '#native-models/graph/composites.ts';
import { dim } from '#native-models/graph/dimension.ts';
import { gradients } from '#native-models/graph/differentiate.ts';
import { add, exp, mul, sub } from '#native-models/graph/elementwise.ts';
import { linear, matmul } from '#native-models/graph/linear-algebra.ts';
import { reduceMean } from '#native-models/graph/reduce.ts';
import { transposeLast } from '#native-models/graph/arrange.ts';
import { lowerToOnnx } from '#native-models/graph/lower-to-onnx.ts';
import { input } from '#native-models/graph/tensor.ts';
import type { ClipConfig } from '#native-models/clip/config.ts';
import { textTower, tokenEmbeddings } from '#native-models/clip/text-tower.ts';
import { visionTower } from '#native-models/clip/vision-tower.ts';
import { trainableCheckpoint } from '#native-models/training/trainable-checkpoint.ts';
import { openSession, type Session } from '#native-models/runtime/session.ts';
import { captionFeeds } from './caption-feeds.ts';
import { jointCoordinates } from './render-batch.ts';
import { floats, floatsOf } from '#native-models/runtime/tensor-value.ts';

/** What a step is shown: frames `[B, 3, S, S]`, one caption a class as its ids, and targets `[B, K]`. */
export interface ContrastiveBatch {
  readonly pixels: Float32Array;
  readonly frames: number;
  readonly ids: readonly (readonly number[])[];
  readonly targets: Float32Array;
  /** `[B, 30]`, see `FrameBatch`. */
  readonly joints: Float32Array;
}

export interface ContrastiveAnswer {
  /** Of the captions alone, without the auxiliary terms. */
  readonly loss: number;
  /** Root mean square error of the joints, figure units. */
  readonly jointError: number;
  /** `[B, K]`, cosine times scale. */
  readonly logits: Float32Array;
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/**
 * CLIP's training step (Radford et al. 2021, fig. 3) as one graph: images against captions, soft targets. Two auxiliary
 * heads on the image features, thrown away after training, get both towers off the ground: one tells the class without
 * the text tower, one tells where the joints are, which the rendered world knows.
 */
export interface ContrastiveGraph extends AsyncDisposable {
  /** Every trainable tensor and its shape. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  step(weights: ReadonlyMap<string, Float32Array>, batch: ContrastiveBatch): Promise<ContrastiveAnswer>;
}

/** What the names of tensors that serve training alone begin with. */
export const auxiliary = 'auxiliary.';
/** Brings squared errors of figure units to the size of a cross-entropy. */
const jointWeight = 40;

export async function openContrastiveGraph(
  config: ClipConfig,
  classCount: number,
  threads: number,
): Promise<ContrastiveGraph> {
  const checkpoint = trainableCheckpoint();
  const size = config.vision_config.image_size;
  const [batch, texts, length] = [dim('batch'), dim('texts'), dim('tokens')];
  const pixels = input('pixels', [batch, 3, size, size]);
  const ids = input('ids', [texts, length], 'int64');
  const endOfText = input('end_of_text', [texts, length]);
  const targets = input('targets', [batch, texts]);

  const imageFeatures = visionTower(pixels, config, checkpoint).embeds;
  const images = l2Normalise(imageFeatures);
  const captions = l2Normalise(
    textTower(tokenEmbeddings(ids, config, checkpoint), endOfText, config, checkpoint).embeds,
  );
  const scale = exp(checkpoint.tensor('logit_scale', []));
  const logits = mul(matmul(images, transposeLast(captions)), scale);
  const loss = crossEntropy(logits, targets);
  const classHead = linear(
    imageFeatures,
    checkpoint.tensor(`${auxiliary}class.weight`, [classCount, config.projection_dim]),
  );
  const jointHead = linear(
    imageFeatures,
    checkpoint.tensor(`${auxiliary}joints.weight`, [jointCoordinates, config.projection_dim]),
    checkpoint.tensor(`${auxiliary}joints.bias`, [jointCoordinates]),
  );
  const jointError = reduceMean(square(sub(jointHead, input('joints', [batch, jointCoordinates]))));
  const whole = add(
    add(loss, crossEntropy(classHead, input('class_targets', [batch, classCount]))),
    mul(jointError, jointWeight),
  );

  const parameters = [...checkpoint.parameters];
  const slopes = gradients(
    whole,
    parameters.map(([, tensor]) => tensor),
  );
  const outputs = Object.fromEntries(parameters.map(([name], index) => [`d ${name}`, slopes[index]!]));
  const session: Session = await openSession(lowerToOnnx({ loss, logits, joint_error: jointError, ...outputs }), {
    provider: 'cpu',
    threads,
  });
  const shapes = new Map(parameters.map(([name, tensor]) => [name, tensor.shape as readonly number[]]));
  return {
    shapes,
    async step(weights, { pixels: frames, frames: count, ids: captionIds, targets: wanted, joints }) {
      const classes = captionIds.length;
      const answer = await session.run({
        pixels: floats(frames, [count, 3, size, size]),
        ...captionFeeds(captionIds),
        targets: floats(wanted, [count, classes]),
        class_targets: floats(wanted, [count, classes]),
        joints: floats(joints, [count, jointCoordinates]),
        ...Object.fromEntries([...shapes].map(([name, shape]) => [name, floats(weights.get(name)!, shape)])),
      });
      return {
        loss: floatsOf(answer, 'loss')[0]!,
        jointError: Math.sqrt(floatsOf(answer, 'joint_error')[0]!),
        logits: floatsOf(answer, 'logits'),
        gradients: new Map(parameters.map(([name]) => [name, floatsOf(answer, `d ${name}`)])),
      };
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
