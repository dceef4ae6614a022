import { z } from 'zod';
import type { PlanTrial, StillTrial } from '#preload/domain/compute-plan.ts';
import { Failure } from '#preload/domain/failure.ts';
import { localProvider, mergesTokens, type LocalProvider } from '#preload/domain/model.ts';
import { say, told, type Told } from '#preload/domain/saying.ts';
import { classSetOf } from '../localising/class-set-of.ts';
import { openFrameEncoder } from '../memory/frame-encoder.ts';
import { PlanReference } from './plan-agreement.ts';
import { planFrames, type PlanFrames } from './plan-frames.ts';
import type { EngineTask, TaskContext } from './task-context.ts';

/** How long each batch size of each plan is timed, seconds. */
const seconds = 1;
/** Frames per run that are tried: a processor gains little from many, a device is busy only with many. */
const batchesFor = (plan: LocalProvider): readonly number[] => (plan.startsWith('cpu') ? [1, 4, 8] : [4, 16, 64]);

interface Encoded {
  /** `[count, D]` unit rows. */
  readonly features: Float32Array;
  /** Frames per run with which it is fastest, and how fast that is. */
  readonly batch: number;
  readonly framesPerSecond: number;
}

/**
 * Computes the same frames of a project's videos in every way that this machine has, and holds each against the
 * processor's float32: features, most likely classes, the order of proposals, frames a second by batch size. The fastest
 * that agrees is one that merges no tokens: those a person must ask for. Tells as well what still frames would save if
 * they shared features. Fails with 'nothing-to-do' without a video.
 */
export const tryPlansTask: EngineTask<'tryPlans'> = async ({ model, videos, prompts, merging }, context) => {
  const { memory, signal, report } = context;
  if (videos.length === 0)
    throw new Failure('nothing-to-do', say('Plans are tried on frames of the project: add a video first.'));
  report({ done: 0, step: say('reading frames of the project') });
  const onProcessor = { ...model, provider: 'cpu' } as const;
  const { preprocessing, dim, capabilities } = await memory.models.facts(onProcessor);
  const plans = allPlans.filter((plan) => !mergesTokens(plan) || (merging && capabilities.mergesTokens));
  const frames = await planFrames(videos, preprocessing, signal);
  const classes = prompts.map((prompt, classId) => ({ classId, prompt }));
  const noTexts = { templates: [], backgroundTexts: [] };
  const classSet = prompts.length === 0 ? null : (await classSetOf(memory, onProcessor, classes, noTexts)).classSet;
  const trials: PlanTrial[] = [];
  let reference: PlanReference | null = null;
  for (const [index, plan] of plans.entries()) {
    signal.throwIfAborted();
    report({ done: index / plans.length, step: say('trying {{plan}}', { plan }) });
    try {
      const { features, ...speed } = await encodeAll(context, { ...model, provider: plan }, frames, batchesFor(plan));
      reference ??= new PlanReference(frames, features, dim, classSet);
      trials.push({ plan, ...speed, ...reference.agreementOf(features) });
    } catch (error) {
      signal.throwIfAborted();
      if (plan === 'cpu') throw error;
      trials.push({ plan, ...untried, problem: reasonOf(error) });
    }
  }
  const usable = trials.filter(({ plan, problem }) => problem === null && !mergesTokens(plan));
  const fastest = usable.reduce((best, each) => (each.framesPerSecond! > best.framesPerSecond! ? each : best)).plan;
  return { frames: frames.count, trials, fastest, still: stillTrial(frames, reference!) };
};

/** Everything that there is, the processor's float32 first: the others are held against it. */
const allPlans: readonly LocalProvider[] = [...new Set<LocalProvider>(['cpu', ...localProvider.options])];

const untried = { batch: null, framesPerSecond: null, cosine: null, sameClass: null, sameOrder: null } as const;

function stillTrial({ sharedWith, count }: PlanFrames, reference: PlanReference): StillTrial {
  const shared = sharedWith.reduce((sum, row, at) => sum + Number(row !== at), 0);
  return { share: shared / count, ...reference.agreementOf(reference.shared) };
}

/** All frames once, for their features, and on for a while with each size of batches, for the speed. */
async function encodeAll(
  { memory, signal }: TaskContext,
  model: Parameters<typeof openFrameEncoder>[1],
  { pixels, count }: PlanFrames,
  batches: readonly number[],
): Promise<Encoded> {
  const { encode, batchSize, atOnce, dim } = await openFrameEncoder(memory, model);
  const length = pixels.length / count;
  const features = new Float32Array(count * dim);
  const run = async (start: number, size: number) => {
    signal.throwIfAborted();
    return (await encode(pixels.slice(start * length, (start + size) * length), size)).features;
  };
  for (let start = 0; start < count; start += batchSize)
    features.set(await run(start, Math.min(batchSize, count - start)), start * dim);
  let best = { batch: batchSize, framesPerSecond: 0 };
  for (const batch of batches.filter((size) => size <= count)) {
    const turn = () => Promise.all(Array.from({ length: atOnce }, () => run(0, batch)));
    // The first turn takes memory for this size.
    await turn();
    const startMs = performance.now();
    let done = 0;
    do {
      await turn();
      done += batch * atOnce;
    } while (performance.now() - startMs < seconds * 1000);
    const framesPerSecond = (1000 * done) / (performance.now() - startMs);
    if (framesPerSecond > best.framesPerSecond) best = { batch, framesPerSecond };
  }
  return { features, ...best };
}

/** Why a provider that was asked for cannot be used, without the advice about settings. */
function reasonOf(error: unknown): Told {
  if (!(error instanceof Failure)) return error instanceof Error ? error.message : String(error);
  return refused.safeParse(error.details).data?.trials[0].error ?? error.said;
}

/** The details of a provider that was asked for and cannot be used. */
const refused = z.object({ trials: z.tuple([z.object({ error: told })]) });
