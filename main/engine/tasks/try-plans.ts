import { openFrameSource } from '#main/media/frame-source.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';
import type { Provider } from '#native-models/runtime/plan.ts';
import { leastAgreement, type PlanTrial } from '#preload/domain/compute-plan.ts';
import { Failure } from '#preload/domain/failure.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { localProvider, type LocalProvider } from '#preload/domain/model.ts';
import { openFrameEncoder } from '../memory/frame-encoder.ts';
import type { IndexedMedia } from '../vocabulary.ts';
import type { EngineTask, TaskContext } from './task-context.ts';

/** Frames of a trial: enough that one in twenty can be told. */
const frameCount = 64;
/** How long each plan is timed, seconds. */
const seconds = 3;

/** Frames as a model takes them: `pixels` `[count, 3, H, W]`. */
interface Frames {
  readonly pixels: Float32Array;
  readonly count: number;
}

interface Encoded {
  /** `[count, D]` unit rows. */
  readonly features: Float32Array;
  readonly framesPerSecond: number;
}

/**
 * Computes the same frames of a project's videos in every way that this machine has, and holds each against the
 * processor's float32: features, most likely classes, frames a second. Fails with 'nothing-to-do' without a video.
 */
export const tryPlansTask: EngineTask<'tryPlans'> = async ({ model, videos, prompts }, context) => {
  const { memory, signal, report } = context;
  if (videos.length === 0)
    throw new Failure('nothing-to-do', 'Plans are tried on frames of the project: add a video first.');
  report({ done: 0, step: 'reading frames of the project' });
  const { preprocessing, dim } = await memory.models.facts({ ...model, provider: 'cpu' });
  const frames = await framesOf(videos, preprocessing, signal);
  const names =
    prompts.length === 0 ? null : (await memory.texts.embed({ ...model, provider: 'cpu' }, prompts)).embeddings;
  const trials: PlanTrial[] = [];
  let reference: Encoded | null = null;
  for (const [index, plan] of allPlans.entries()) {
    signal.throwIfAborted();
    report({ done: index / allPlans.length, step: `trying ${plan}` });
    try {
      const encoded = await encodeAll(context, { ...model, provider: plan }, frames);
      reference ??= encoded;
      trials.push(judged(plan, encoded, reference, { dim, names }));
    } catch (error) {
      signal.throwIfAborted();
      if (plan === 'cpu') throw error;
      trials.push({ plan, framesPerSecond: null, cosine: null, sameClass: null, problem: reasonOf(error) });
    }
  }
  const usable = trials.filter(({ problem }) => problem === null);
  const fastest = usable.reduce((best, each) => (each.framesPerSecond! > best.framesPerSecond! ? each : best)).plan;
  return { frames: frames.count, trials, fastest };
};

/** Everything that there is, the processor's float32 first: the others are held against it. */
const allPlans: readonly LocalProvider[] = [...new Set<LocalProvider>(['cpu', ...localProvider.options])];

/** Frames spread over the videos, and in each over its time. */
async function framesOf(
  videos: readonly IndexedMedia[],
  preprocessing: ImagePreprocessing,
  signal: AbortSignal,
): Promise<Frames> {
  const preprocessor = new ImagePreprocessor(preprocessing);
  const length = preprocessor.outputLength;
  const perVideo = Math.ceil(frameCount / videos.length);
  const pixels = new Float32Array(perVideo * videos.length * length);
  let count = 0;
  for (const media of videos) {
    const table = FrameTable.fromArray(media.frames);
    await using source = await openFrameSource(media.path, table, { signal });
    for await (const frame of source.framesAtIndices(spread(table.frameCount, perVideo))) {
      using picture = frame;
      preprocessor.write(picture.rgb, picture.width, picture.height, pixels, count * length);
      count += 1;
    }
  }
  return { pixels: pixels.subarray(0, count * length), count };
}

/** Indices, ascending and each once, spread evenly over `[0, total)`. */
function spread(total: number, count: number): Int32Array {
  const indices = Array.from({ length: count }, (_, at) => Math.floor(((at + 0.5) * total) / count));
  return Int32Array.from(new Set(indices));
}

/** All frames once, for their features, and on until the time is over, for the speed. */
async function encodeAll(
  { memory, signal }: TaskContext,
  model: Parameters<typeof openFrameEncoder>[1],
  { pixels, count }: Frames,
): Promise<Encoded> {
  const { encode, batchSize, dim } = await openFrameEncoder(memory, model);
  const length = pixels.length / count;
  const features = new Float32Array(count * dim);
  const batch = async (start: number, size: number) => {
    signal.throwIfAborted();
    return (await encode(pixels.slice(start * length, (start + size) * length), size)).features;
  };
  for (let start = 0; start < count; start += batchSize)
    features.set(await batch(start, Math.min(batchSize, count - start)), start * dim);
  const timed = Math.min(batchSize, count);
  const startMs = performance.now();
  let done = 0;
  do {
    await batch(0, timed);
    done += timed;
  } while (performance.now() - startMs < seconds * 1000);
  return { features, framesPerSecond: (1000 * done) / (performance.now() - startMs) };
}

function judged(
  plan: Provider,
  { features, framesPerSecond }: Encoded,
  reference: Encoded,
  { dim, names }: { readonly dim: number; readonly names: Float32Array | null },
): PlanTrial {
  const count = features.length / dim;
  const row = (of: Float32Array, at: number) => of.subarray(at * dim, (at + 1) * dim);
  const cosines = Array.from({ length: count }, (_, at) => product(row(features, at), row(reference.features, at)));
  const cosine = Math.min(1, cosines.toSorted((a, b) => a - b)[Math.floor(count * 0.05)]!);
  const classOf = (feature: Float32Array): number => {
    const scores = Array.from({ length: names!.length / dim }, (_, at) => product(feature, row(names!, at)));
    return scores.indexOf(Math.max(...scores));
  };
  const isSame = (at: number) => classOf(row(features, at)) === classOf(row(reference.features, at));
  const sameClass = names === null ? null : cosines.filter((_, at) => isSame(at)).length / count;
  const problem =
    !(cosine >= leastAgreement.cosine) || (sameClass ?? 1) < leastAgreement.sameClass
      ? 'its answers differ too much from those of the processor in float32'
      : null;
  return { plan, framesPerSecond, cosine, sameClass, problem };
}

const product = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);

/** Why a provider that was asked for cannot be used, without the advice about settings. */
function reasonOf(error: unknown): string {
  if (error instanceof Failure && Array.isArray(error.details['trials'])) {
    const [trial] = error.details['trials'] as readonly { readonly error?: unknown }[];
    if (typeof trial?.error === 'string') return trial.error;
  }
  return error instanceof Error ? error.message : String(error);
}
