import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import {
  layOutPrompts,
  promptedText,
  promptFeeds,
  roomForName,
  type PromptVectors,
} from '../dual-encoder/prompted-text.ts';
import { concat, transposeLast } from '../graph/arrange.ts';
import { l2Normalise, negate } from '../graph/composites.ts';
import { dim } from '../graph/dimension.ts';
import { gradients } from '../graph/differentiate.ts';
import { add, mul, sub } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { logSoftmax, reduceMean, reduceSum } from '../graph/reduce.ts';
import { input, parameter, type Tensor } from '../graph/tensor.ts';
import { planOf, type Provider } from '../runtime/plan.ts';
import { openSession, type Session } from '../runtime/session.ts';
import { floats, floatsOf, integers, type TensorValue, type TensorValues } from '../runtime/tensor-value.ts';
import {
  pooledFeature,
  temporalParameters,
  temporalTransformer,
  type TemporalShape,
} from '../temporal/temporal-transformer.ts';
import { layOutPromptTokens } from './prompt-tokens.ts';
import { sharedPrefixText } from './shared-prefix-text.ts';

export interface PromptLearnerSettings {
  readonly prompt: PromptVectors;
  /** Null: the examples are single features, `[B, D]`; otherwise stretches of frame features, `[B, T, D]`. */
  readonly temporal: TemporalShape | null;
  /** g: what cosines are multiplied with. */
  readonly scale: number;
  /** Weight of 1 − mean cosine to the anchors (Yao et al. 2023, KgCoOp); 0 switches it off. */
  readonly anchorWeight: number;
  /** Most classes that go through the text tower at a time; more are done in chunks, so that memory is bounded. */
  readonly classesPerChunk: number;
  /** `shared-prefix` is the fast form; `plain` computes all positions of every class. */
  readonly form: 'shared-prefix' | 'plain';
  /** On `cpu-int8` steps are computed in whole numbers; what comes of them is told in float32 all the same. */
  readonly provider: Provider;
  readonly threads?: number;
}

/** The classes to be told apart. All features are unit rows. */
export interface PromptClasses {
  /** Token ids of the names, without start and end of text. */
  readonly names: readonly (readonly number[])[];
  readonly startOfText: number | null;
  readonly endOfText: number;
  /** `[K, D]`: the zero-shot features that the anchor loss holds on to. */
  readonly anchors: Float32Array;
  /** `[M, D]`: background texts, more columns that nothing is learned for. */
  readonly background: Float32Array;
}

/** B examples to learn from. */
export interface PromptExamples {
  readonly count: number;
  /** `[B, D]` or, for a temporal module, `[B, T, D]`. */
  readonly features: Float32Array;
  /** `[B, K]` and `[B, M]`: how much of each example is which class or background; both rows together sum to 1. */
  readonly targets: Float32Array;
  readonly backgroundTargets: Float32Array;
  /** `[B]`, summing to 1. */
  readonly weights: Float32Array;
}

export interface PromptStep {
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/** Trainable tensors by name: `prefix` `[P, W]`, `suffix` `[S, W]`, and those of the temporal module. */
export type LearnedTensors = ReadonlyMap<string, Float32Array>;

/** `[K, D]`, added to prompted unit features before they are made unit length again; null for none. */
export type FeatureOffset = Float32Array | null;

/** Loss and gradients of prompt vectors through the frozen text tower (Ju et al. 2022, s.3.2), for a fixed class list. */
export interface PromptLearner extends AsyncDisposable {
  /** Names and shapes of what is learned. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Rows of the class list whose names were too long for the context and lost their ends. */
  readonly shortened: readonly number[];
  step(learned: LearnedTensors, offset: FeatureOffset, examples: PromptExamples): Promise<PromptStep>;
  /** Class features `[K, D]`, unit rows. */
  classFeatures(learned: LearnedTensors, offset: FeatureOffset): Promise<Float32Array>;
  /** What takes the features of these prompts to exactly the anchors. */
  offsetToAnchors(learned: LearnedTensors): Promise<FeatureOffset>;
}

/** Opens the graphs that learn prompts for these classes on the model's own weights. Fails as opening a session does. */
export async function openPromptLearner(
  encoder: DualEncoder,
  classes: PromptClasses,
  settings: PromptLearnerSettings,
): Promise<PromptLearner> {
  const graphs = buildGraphs(encoder, settings);
  // Half precision is for pictures: what is learned there stays in float32.
  const precision = planOf(settings.provider).precision === 'int8' ? 'int8' : 'fp32';
  const open = (outputs: Readonly<Record<string, Tensor>>, exact = false): Promise<Session> =>
    openSession(lowerToOnnx(outputs, exact ? 'fp32' : precision), {
      provider: settings.provider,
      ...(settings.threads === undefined ? {} : { threads: settings.threads }),
    });
  const { names } = classes;
  const chunks = chunksOf(names.length, settings.classesPerChunk).map(([start, end]) => {
    const text = textFeeds({ ...classes, names: names.slice(start, end) }, encoder, settings);
    return { start, end, ...text };
  });
  const dimension = encoder.dim;
  const single = chunks.length === 1;
  await using opened = new AsyncDisposableStack();
  const use = async (outputs: Readonly<Record<string, Tensor>>, exact?: boolean): Promise<Session> =>
    opened.use(await open(outputs, exact));
  // What becomes of the steps is told exactly, however they were computed.
  const forward = await use({ features: graphs.features }, true);
  const inSteps = single || precision === 'fp32' ? forward : await use({ features: graphs.features });
  const whole = single ? await use(graphs.whole) : null;
  const lossOnly = single ? null : await use(graphs.fromFeatures);
  const pullBack = single ? null : await use(graphs.pullBack);
  const kept = opened.move();

  const offsetFeed = (offset: FeatureOffset, start: number, end: number): TensorValue =>
    floats(offset?.slice(start * dimension, end * dimension) ?? new Float32Array((end - start) * dimension), [
      end - start,
      dimension,
    ]);
  const learnedFeeds = (learned: LearnedTensors, wanted: readonly string[]): TensorValues =>
    Object.fromEntries(wanted.map((name) => [name, floats(learned.get(name)!, graphs.shapes.get(name)!)]));
  const lossFeeds = (examples: PromptExamples): TensorValues => {
    const backgrounds = classes.background.length / dimension;
    const frames =
      settings.temporal === null ? [examples.count, dimension] : [examples.count, settings.temporal.frames, dimension];
    return {
      examples: floats(examples.features, frames),
      targets: floats(examples.targets, [examples.count, names.length]),
      background_targets: floats(examples.backgroundTargets, [examples.count, backgrounds]),
      weights: floats(examples.weights, [examples.count]),
      anchors: floats(classes.anchors, [names.length, dimension]),
      background: floats(classes.background, [backgrounds, dimension]),
    };
  };
  const featuresBy = async (
    session: Session,
    learned: LearnedTensors,
    offset: FeatureOffset,
  ): Promise<Float32Array> => {
    const all = new Float32Array(names.length * dimension);
    for (const { start, end, feeds } of chunks) {
      const answer = await session.run({
        ...feeds,
        ...learnedFeeds(learned, graphs.promptNames),
        offset: offsetFeed(offset, start, end),
      });
      all.set(floatsOf(answer, 'features'), start * dimension);
    }
    return all;
  };
  const readGradients = (answer: TensorValues, wanted: readonly string[]): [string, Float32Array][] =>
    wanted.map((name) => [name, floatsOf(answer, `d ${name}`)]);

  return {
    shapes: graphs.shapes,
    shortened: chunks.flatMap(({ start, shortened }) => shortened.map((row) => start + row)),
    classFeatures: (learned, offset) => featuresBy(forward, learned, offset),
    offsetToAnchors: async (learned) => {
      const prompted = await featuresBy(forward, learned, null);
      return classes.anchors.map((anchor, at) => anchor - prompted[at]!);
    },
    async step(learned, offset, examples) {
      const all = [...graphs.shapes.keys()];
      if (whole !== null) {
        const answer = await whole.run({
          ...chunks[0]!.feeds,
          ...lossFeeds(examples),
          ...learnedFeeds(learned, all),
          offset: offsetFeed(offset, 0, names.length),
        });
        return { loss: floatsOf(answer, 'loss')[0]!, gradients: new Map(readGradients(answer, all)) };
      }
      // More classes than fit at once: features first, then the loss's slope by them, then chunk by chunk through the tower.
      const features = await featuresBy(inSteps, learned, offset);
      const answer = await lossOnly!.run({
        ...lossFeeds(examples),
        ...learnedFeeds(learned, graphs.temporalNames),
        class_features: floats(features, [names.length, dimension]),
      });
      const slopes = floatsOf(answer, 'd class_features');
      const sums = new Map(readGradients(answer, graphs.temporalNames));
      for (const { start, end, feeds } of chunks) {
        const pulled = await pullBack!.run({
          ...feeds,
          ...learnedFeeds(learned, graphs.promptNames),
          offset: offsetFeed(offset, start, end),
          slopes: floats(slopes.slice(start * dimension, end * dimension), [end - start, dimension]),
        });
        for (const [name, share] of readGradients(pulled, graphs.promptNames)) {
          const sum = sums.get(name);
          sums.set(name, sum === undefined ? share.slice() : sum.map((value, at) => value + share[at]!));
        }
      }
      return { loss: floatsOf(answer, 'loss')[0]!, gradients: sums };
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** All graphs of a learner, over the same leaves. */
function buildGraphs(encoder: DualEncoder, settings: PromptLearnerSettings) {
  const { width } = encoder.texts;
  const dimension = encoder.dim;
  const { prefix, suffix } = settings.prompt;
  const prompts = new Map<string, Tensor>([['prefix', parameter('prefix', [prefix, width])]]);
  if (suffix > 0) prompts.set('suffix', parameter('suffix', [suffix, width]));
  const temporal = settings.temporal === null ? new Map<string, Tensor>() : temporalParameters(settings.temporal);
  const learned = new Map([...prompts, ...temporal]);
  const promptNames = [...prompts.keys()];
  const temporalNames = [...temporal.keys()];

  const raw = l2Normalise(promptedFeatures(encoder, settings, prompts));
  const offset = input('offset', [dim('classes'), dimension]);
  const features = l2Normalise(add(raw, offset));

  const lossOf = (classFeatures: Tensor): Tensor => learningLoss(classFeatures, settings, temporal, dimension);
  const withSlopes = (
    scalar: Tensor,
    names: readonly string[],
    of: ReadonlyMap<string, Tensor>,
  ): Record<string, Tensor> => {
    const slopes = gradients(
      scalar,
      names.map((name) => of.get(name)!),
    );
    return Object.fromEntries(names.map((name, at) => [`d ${name}`, slopes[at]!]));
  };
  const wholeLoss = lossOf(features);
  const given = input('class_features', [dim('classes'), dimension]);
  const givenLoss = lossOf(given);
  const pulled = reduceSum(mul(features, input('slopes', [dim('classes'), dimension])));
  return {
    shapes: new Map([...learned].map(([name, tensor]) => [name, tensor.shape as readonly number[]])),
    promptNames,
    temporalNames,
    features,
    whole: { loss: wholeLoss, ...withSlopes(wholeLoss, [...learned.keys()], learned) },
    fromFeatures: {
      loss: givenLoss,
      ...withSlopes(givenLoss, [...temporalNames, 'class_features'], new Map([...temporal, ['class_features', given]])),
    },
    pullBack: withSlopes(pulled, promptNames, prompts),
  };
}

function promptedFeatures(
  { texts }: DualEncoder,
  { form, prompt: { suffix } }: PromptLearnerSettings,
  prompts: ReadonlyMap<string, Tensor>,
): Tensor {
  const cells = [dim('classes'), dim('tokens')];
  const prefix = prompts.get('prefix')!;
  const after = prompts.get('suffix') ?? null;
  if (form === 'plain') return promptedText(texts, cells, prefix, after).embeds;
  return sharedPrefixText(
    {
      ids: input('ids', cells, 'int64'),
      frozen: input('frozen', cells),
      endOfText: input('end_of_text', cells),
      afterEnd: input('after_end', cells),
      suffixPlaces: after === null ? null : input('suffix_places', [...cells, suffix]),
      suffix: after,
      prefix,
      startOfText: input('start_of_text', [1], 'int64'),
    },
    texts,
  );
}

/** Weighted cross-entropy over classes and background, plus the anchor term (Yao et al. 2023, eq. 5). */
function learningLoss(
  classFeatures: Tensor,
  settings: PromptLearnerSettings,
  temporal: ReadonlyMap<string, Tensor>,
  dimension: number,
): Tensor {
  const examples = dim('examples');
  const given =
    settings.temporal === null
      ? input('examples', [examples, dimension])
      : input('examples', [examples, settings.temporal.frames, dimension]);
  const video = l2Normalise(
    settings.temporal === null ? given : pooledFeature(temporalTransformer(given, settings.temporal, temporal)),
  );
  const columns = concat([classFeatures, input('background', [dim('backgrounds'), dimension])], 0);
  const logits = mul(matmul(video, transposeLast(columns)), settings.scale);
  const targets = concat(
    [input('targets', [examples, dim('classes')]), input('background_targets', [examples, dim('backgrounds')])],
    1,
  );
  const weights = input('weights', [examples]);
  const perExample = negate(reduceSum(mul(targets, logSoftmax(logits)), { axes: [-1] }));
  const fit = reduceSum(mul(perExample, weights));
  const anchors = input('anchors', [dim('classes'), dimension]);
  const drift = sub(1, reduceMean(reduceSum(mul(classFeatures, anchors), { axes: [-1] })));
  return add(fit, mul(drift, settings.anchorWeight));
}

/** The feeds that lay out a chunk of class names, and which of them had to be shortened. */
function textFeeds(
  { names, startOfText, endOfText }: PromptClasses,
  { texts }: DualEncoder,
  { prompt, form }: PromptLearnerSettings,
): { readonly feeds: TensorValues; readonly shortened: readonly number[] } {
  const marks = { startOfText, endOfText };
  const room = roomForName(texts, prompt, marks);
  if (room < 1) {
    throw new RangeError(
      `${prompt.prefix} + ${prompt.suffix} prompt vectors leave no room in a context of ${texts.contextLength}`,
    );
  }
  const shortened = [...names.keys()].filter((row) => names[row]!.length > room);
  const fitted = names.map((name) => name.slice(0, room));
  if (form === 'plain') return { feeds: promptFeeds(texts, layOutPrompts(texts, fitted, prompt, marks)!), shortened };
  const tokens = layOutPromptTokens(fitted, prompt, endOfText);
  const cells = [tokens.classes, tokens.length];
  const feeds = {
    ids: integers(tokens.ids, cells),
    frozen: floats(tokens.frozen, cells),
    end_of_text: floats(tokens.endOfText, cells),
    after_end: floats(tokens.afterEnd, cells),
    ...(prompt.suffix > 0 ? { suffix_places: floats(tokens.suffixPlaces, [...cells, prompt.suffix]) } : {}),
    start_of_text: integers([startOfText!], [1]),
  };
  return { feeds, shortened };
}

/** `[start, end)` ranges of at most `size`. */
function chunksOf(count: number, size: number): [number, number][] {
  return Array.from({ length: Math.ceil(count / size) }, (_, at) => [at * size, Math.min(count, (at + 1) * size)]);
}
