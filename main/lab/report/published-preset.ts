import type { TuningPreset } from '#main/pipeline/tune/presets.ts';
import { rowsInside } from '#main/pipeline/tune/shot-features.ts';
import { initialPrompts, prefixLength, temporalShapeFor } from '#main/pipeline/tune/train-prompts.ts';
import { trainingShots, type Shot } from '#main/pipeline/tune/training-shots.ts';
import { TuningLearners } from '#main/pipeline/tune/tuning-learners.ts';
import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { normaliseRows } from '#native-models/features/unit-rows.ts';
import type { PromptExamples } from '#native-models/prompt-learning/prompt-learner.ts';
import { denseFeatures } from '#native-models/temporal/dense-features.ts';
import { openTemporal } from '#native-models/temporal/open-temporal.ts';
import { initialTemporal } from '#native-models/temporal/temporal-transformer.ts';
import { adamWDefaults, adamWStep, zeroMoments } from '#native-models/training/adamw.ts';
import type { Span } from '#preload/domain/span.ts';
import type { Corrected } from './corrected-videos.ts';
import type { NamedClasses, RenderedWorld, SeenVideo } from './rendered-world.ts';
import { studentBy, type Student } from './student.ts';

/** Examples in a step, draws of frames that a test averages over, frames in a draw (Ju et al. 2022, released code). */
const batchSize = 64;
const testDraws = 5;
const windowFrames = 16;
/** Which share of the frames a draw looks at: one of these, each as likely. */
const drawRates = [1, 1 / 2, 1 / 3, 1 / 3, 1 / 3, 1 / 4] as const;

/**
 * Prompt learning as it was published, trained once on all accepted segments, without anything of the studio: random
 * prompts and, unless it is for prompts alone, a random temporal transformer without a skip, on plain frame features;
 * batches of random windows; no clipping of gradients, no background texts; five windows averaged when it recognises.
 * Proposals are the studio's, and classified by their mean dense feature. Prompts alone look at the features that the
 * studio classifies by.
 */
export async function publishedStudent(
  { encoder, model }: RenderedWorld,
  classes: NamedClasses,
  videos: readonly SeenVideo[],
  test: readonly SeenVideo[],
  { corrections }: Corrected,
  preset: TuningPreset,
  seed: number,
): Promise<Student> {
  const { dim } = model;
  const { classIds, names, classSet } = classes;
  const shots = trainingShots(corrections, []);
  const scale = preset.scale ?? model.logitScale;
  await using learners = new TuningLearners(encoder, {
    names,
    zeroShot: classSet.classEmbeddings,
    background: new Float32Array(),
    prompt: { prefix: prefixLength(encoder, preset), suffix: preset.suffix },
    scale,
    anchorWeight: 0,
    provider: 'cpu',
    threads: 1,
  });
  const shape = temporalShapeFor(preset, shots, dim);
  const learned = new Map(initialPrompts(encoder, preset, seed));
  const random = seededRandom(seed + 1);
  if (shape !== null) {
    const start = initialTemporal(shape, { uniform: () => random.between(-1, 1), normal: random.normal });
    for (const [name, values] of start) learned.set(name, values);
  }
  const rowsOf = (video: SeenVideo): Float32Array => (shape === null ? video.seen : video.features.features);
  const byId = new Map(videos.map((video) => [video.videoId, video]));
  const draw = (shot: Span, video: SeenVideo): Float32Array => {
    const window = windowOf(video, rowsOf(video), shot, random);
    return shape === null ? meanRow(window, dim) : window;
  };
  const learner = await learners.for(shape);
  const moments = new Map([...learned].map(([name, values]) => [name, zeroMoments(values.length)]));
  let order: Shot[] = [];
  for (let step = 1; step <= preset.steps; step += 1) {
    const size = Math.min(batchSize, shots.length);
    if (order.length < size) order = shuffled(shots, random);
    const batch = order.splice(0, size);
    const examples = examplesOf(batch, classIds, (shot) => draw(shot, byId.get(shot.videoId)!));
    const { gradients } = await learner.step(learned, null, examples);
    for (const [name, values] of learned)
      adamWStep(values, gradients.get(name)!, moments.get(name)!, step, preset.learningRate, {
        ...adamWDefaults,
        weightDecay: preset.weightDecay,
      });
  }
  const prompts = await learners.for(null);
  const classEmbeddings = await prompts.classFeatures(learned, null);
  const tuned = { classEmbeddings, backgroundEmbeddings: new Float32Array(), logitScale: scale };
  const dense = new Map<SeenVideo, Float32Array>();
  for (const video of test)
    dense.set(
      video,
      shape === null ? video.seen : await denseFeatures(shape, [learned], video.features.features, 'cpu'),
    );
  const averaged = new Map<Span, Float64Array>();
  await using temporal = shape === null ? null : await openTemporal(shape, learned, 'cpu');
  for (const video of test) {
    for (const action of video.actions) {
      const sum = new Float64Array(classIds.length);
      for (let at = 0; at < testDraws; at += 1) {
        const window = windowOf(video, rowsOf(video), action, random);
        const feature = meanRow(temporal === null ? window : await temporal.clips(window, 1), dim);
        softmaxOf(classEmbeddings, feature, scale).forEach((share, index) => (sum[index]! += share / testDraws));
      }
      averaged.set(action, sum);
    }
  }
  const student = studentBy(classes, tuned, (video) => ({ denseFeatures: dense.get(video)! }));
  return { ...student, probabilities: (video, span) => averaged.get(span) ?? student.probabilities(video, span) };
}

/** A random window `[16, D]` of a stretch; a short one is taken whole, and its last frame repeated. */
function windowOf(video: SeenVideo, rows: Float32Array, span: Span, random: SeededRandom): Float32Array {
  const { dim, timesUs } = video.features;
  const { start, end } = rowsInside({ features: rows, timesUs }, span);
  const count = end - start;
  const rate = random.pick(drawRates);
  const first = random.below(Math.round(1 / rate));
  const wanted = Math.round(rate * count);
  const spread = Array.from({ length: wanted }, (_, at) =>
    Math.trunc(first + ((count - 1 - first) * at) / Math.max(1, wanted - 1)),
  );
  const frames = wanted > windowFrames ? spread : Array.from({ length: count }, (_, at) => at);
  const from = frames.length > windowFrames ? random.below(frames.length - windowFrames + 1) : 0;
  const window = new Float32Array(windowFrames * dim);
  for (let at = 0; at < windowFrames; at += 1) {
    const row = start + frames[Math.min(from + at, frames.length - 1)]!;
    window.set(rows.subarray(row * dim, (row + 1) * dim), at * dim);
  }
  return window;
}

function examplesOf(
  shots: readonly Shot[],
  classIds: readonly number[],
  featureOf: (shot: Shot) => Float32Array,
): PromptExamples {
  const parts = shots.map(featureOf);
  const width = parts[0]!.length;
  const features = new Float32Array(shots.length * width);
  const targets = new Float32Array(shots.length * classIds.length);
  for (const [row, shot] of shots.entries()) {
    features.set(parts[row]!, row * width);
    for (const classId of shot.classIds)
      targets[row * classIds.length + classIds.indexOf(classId)] = 1 / shot.classIds.length;
  }
  const weights = new Float32Array(shots.length).fill(1 / shots.length);
  return { count: shots.length, features, targets, backgroundTargets: new Float32Array(), weights };
}

function meanRow(rows: Float32Array, dim: number): Float32Array {
  const mean = new Float32Array(dim);
  for (let at = 0; at < rows.length; at += 1) mean[at % dim]! += rows[at]!;
  return normaliseRows(mean, dim);
}

function softmaxOf(texts: Float32Array, feature: Float32Array, scale: number): Float64Array {
  const dim = feature.length;
  const logits = Float64Array.from({ length: texts.length / dim }, (_, text) =>
    feature.reduce((sum, value, at) => sum + scale * value * texts[text * dim + at]!, 0),
  );
  const highest = logits.reduce((a, b) => Math.max(a, b));
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

function shuffled<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
