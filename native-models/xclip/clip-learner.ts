import { Failure } from '#preload/domain/failure.ts';
import { say, verbatim } from '#preload/domain/saying.ts';
import { dim } from '../graph/dimension.ts';
import { gradients } from '../graph/differentiate.ts';
import { mul } from '../graph/elementwise.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { negate } from '../graph/composites.ts';
import { logSoftmax, reduceSum } from '../graph/reduce.ts';
import { input, type Tensor } from '../graph/tensor.ts';
import type { Provider } from '../runtime/plan.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf, type TensorValues } from '../runtime/tensor-value.ts';
import { partlyTrainable } from '../training/trainable-checkpoint.ts';
import type { EncodedClips } from '../video-text-model.ts';
import { isTrained, type TrainedParts } from './trained-parts.ts';
import type { XClipParts } from './xclip-parts.ts';

export interface ClipLearnerSettings {
  readonly trained: TrainedParts;
  /** `[C, D]`: what clips are told apart by, classes and background texts, as the frozen text encoder has them. */
  readonly names: Float32Array;
  readonly provider: Provider;
  readonly threads?: number;
}

/** A few clips at once: as the picture encoder left them where it is not trained, else as pixels. */
export type ClipInput =
  | { readonly kind: 'encoded'; readonly clips: EncodedClips }
  | { readonly kind: 'pixels'; readonly count: number; /** `[count, T, 3, H, W]`. */ readonly pixels: Float32Array };

/** Trained tensors by their names in the checkpoint. */
export type TrainedTensors = ReadonlyMap<string, Float32Array>;

/** Loss and gradients of the parts of an X-CLIP that are trained, through all that lies after them. */
export interface ClipLearner extends AsyncDisposable {
  /** `encoded` where the trained parts come after the picture encoder. */
  readonly takes: ClipInput['kind'];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** What the checkpoint holds: where training starts. */
  start(): Map<string, Float32Array>;
  /**
   * Cross-entropy and its gradients. `targets` `[count, C]`, rows summing to 1; `weights` `[count]`: the loss is the
   * weighted sum over clips, so that the sums of several calls are those of one large one.
   */
  step(
    learned: TrainedTensors,
    clips: ClipInput,
    targets: Float32Array,
    weights: Float32Array,
  ): Promise<{ readonly loss: number; readonly gradients: Map<string, Float32Array> }>;
  /** `[count, C]`. */
  logits(learned: TrainedTensors, clips: ClipInput): Promise<Float32Array>;
}

/** Why presets that train the picture encoder are no use on the towers of another family than X-CLIP. */
export const staysAsItIs = (kind: string): Failure =>
  new Failure(
    'bad-input',
    say(
      "The picture encoder of {{kind}} stays as it is, and this preset trains it: take the preset 'careful', or an X-CLIP as the scorer.",
      { kind },
    ),
  );

/** Builds the graphs for fine-tuning (Ni et al. 2022, s.4.1). Fails with 'unreadable-model', or 'bad-input' as above. */
export async function openClipLearner(parts: XClipParts, settings: ClipLearnerSettings): Promise<ClipLearner> {
  const { frameCount, contextRows, width, picture } = parts;
  const columns = settings.names.length / width;
  const takes = settings.trained === 'scorer' ? 'encoded' : 'pixels';
  if (takes === 'pixels' && !parts.trainsPictures) throw staysAsItIs(parts.kind);
  const checkpoint = partlyTrainable(parts.checkpoint, (name) => isTrained(name, settings.trained));

  const clips = dim('clips');
  const encoded =
    takes === 'encoded'
      ? { frames: input('frames', [clips, frameCount, width]), context: input('context', [clips, contextRows, width]) }
      : parts.encodeClips(input('pixels', [clips, frameCount, ...picture]), checkpoint);
  const { logits } = parts.scoreClips(encoded, input('names', [columns, width]), checkpoint);
  const perClip = negate(reduceSum(mul(input('targets', [clips, columns]), logSoftmax(logits)), { axes: [-1] }));
  const loss = reduceSum(mul(perClip, input('weights', [clips])));
  const parameters = [...checkpoint.parameters];
  const slopes = gradients(
    loss,
    parameters.map(([, tensor]) => tensor),
  );
  const outputs: Record<string, Tensor> = { loss };
  parameters.forEach(([name], at) => (outputs[`d ${name}`] = slopes[at]!));
  const shapes = new Map(parameters.map(([name, { shape }]) => [name, shape as readonly number[]]));

  const options = {
    provider: settings.provider,
    ...(settings.threads === undefined ? {} : { threads: settings.threads }),
  };
  await using opened = new AsyncDisposableStack();
  const backward = opened.use(await openSession(lowerToOnnx(outputs), options));
  const forward = opened.use(await openSession(lowerToOnnx({ logits }), options));
  const kept = opened.move();

  const feedsOf = (learned: TrainedTensors, given: ClipInput): TensorValues => {
    if (given.kind !== takes)
      throw new Failure('internal', verbatim(`This learner takes ${takes} clips, not ${given.kind}.`));
    const own = [...shapes].map(([name, shape]) => [name, floats(learned.get(name)!, shape)] as const);
    const seen: TensorValues =
      given.kind === 'pixels'
        ? { pixels: floats(given.pixels, [given.count, frameCount, ...picture]) }
        : {
            frames: floats(given.clips.frames, [given.clips.count, frameCount, width]),
            context: floats(given.clips.context, [given.clips.count, contextRows, width]),
          };
    return { ...Object.fromEntries(own), ...seen, names: floats(settings.names, [columns, width]) };
  };
  return {
    takes,
    shapes,
    start: () => new Map([...shapes].map(([name, shape]) => [name, parts.checkpoint.values(name, shape)])),
    async step(learned, given, targets, weights) {
      const count = weights.length;
      const answer = await backward.run({
        ...feedsOf(learned, given),
        targets: floats(targets, [count, columns]),
        weights: floats(weights, [count]),
      });
      return {
        loss: floatsOf(answer, 'loss')[0]!,
        gradients: new Map([...shapes.keys()].map((name) => [name, floatsOf(answer, `d ${name}`)])),
      };
    },
    logits: async (learned, given) => floatsOf(await forward.run(feedsOf(learned, given)), 'logits'),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
