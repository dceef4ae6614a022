import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { runName, type TrainingRun } from '#preload/domain/training-run.ts';
import type { ChangedTensors } from '#native-models/checkpoint/overlay.ts';
import type { ClipLearner } from '#native-models/xclip/clip-learner.ts';
import { decideGate, type GateDecision } from './gate.ts';
import { heldOutFolds, joinScores, scoreHeldOut, type HeldOutScore } from './held-out.ts';
import type { Shot } from '../tune/training-shots.ts';
import { durationInWords } from './duration-in-words.ts';
import type { ScorerPreset } from './scorer-presets.ts';
import { logitsOf, type ScorerTask } from './scorer-task.ts';
import { secondsPerShot, stepsOf, trainScorer } from './train-scorer.ts';

export interface ScorerTuning {
  /** What changed in the checkpoint: all of it is the tuned version. */
  readonly tensors: ChangedTensors;
  readonly heldOut: { readonly tuned: HeldOutScore; readonly zeroShot: HeldOutScore; readonly current: HeldOutScore };
  readonly decision: GateDecision;
  /** What was foretold before it began. */
  readonly estimatedSeconds: number;
}

export interface ScorerTuningOptions {
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** A folder for what interrupted runs need to go on, of this tuning alone; null to keep nothing. */
  readonly progressFolder: string | null;
  /** What is live now: logits `[B, K + M]` of shots; null where that is the model as published. */
  readonly current: ((shots: readonly Shot[]) => Promise<Float32Array>) | null;
  /** Spans that what is live was trained on: what it says of them is no test of it. */
  readonly seen?: readonly SeenSpan[];
  /** Longer than this is refused, with the estimate, before it begins. */
  readonly longestSeconds: number;
  readonly onEstimate?: (seconds: number) => void;
  readonly onProgress?: (progress: {
    readonly done: number;
    readonly run: TrainingRun;
    readonly step: number;
    readonly loss: number;
  }) => void;
}

type LogitsOf = (shots: readonly Shot[]) => Promise<Float32Array>;

/** Where a version learned from. */
export type SeenSpan = Pick<Shot, 'videoId' | 'startUs' | 'endUs'>;

const isSameSpan = (span: SeenSpan, shot: Shot): boolean =>
  span.videoId === shot.videoId && span.startUs === shot.startUs && span.endUs === shot.endUs;

/**
 * Fine-tunes a model of clips from shots and decides whether it may go live: one run per fold to see what it is worth
 * on shots that it has not seen, then one on all. A first step is measured before anything else, and says how long it
 * will take. Nothing is changed anywhere; the caller stores the result. Fails with 'cancelled', or 'bad-input' where it
 * would take too long.
 */
export async function tuneScorer(
  learner: ClipLearner,
  task: ScorerTask,
  shots: readonly Shot[],
  preset: ScorerPreset,
  options: ScorerTuningOptions,
): Promise<ScorerTuning> {
  if (!shots.some(({ classIds }) => classIds.length > 0)) {
    throw new Failure('nothing-to-do', say('There is nothing to learn from yet: accept a segment first.'));
  }
  const folds = heldOutFolds(shots);
  const runs = [...folds.map(({ training }) => training), shots];
  const perShot = await secondsPerShot(learner, task, shots);
  const estimatedSeconds = perShot * preset.epochs * runs.reduce((sum, run) => sum + run.length, 0);
  options.onEstimate?.(estimatedSeconds);
  if (estimatedSeconds > options.longestSeconds) throw tooLong(estimatedSeconds, options.longestSeconds, preset);

  const total = runs.reduce((sum, run) => sum + stepsOf(preset, run.length), 0);
  let finished = 0;
  const train = async (run: TrainingRun, from: readonly Shot[]): Promise<Map<string, Float32Array>> => {
    const trained = await trainScorer(learner, task, from, preset, {
      seed: options.seed,
      progressFile:
        options.progressFolder === null
          ? null
          : path.join(options.progressFolder, `${runName(run).replaceAll(' ', '-')}.safetensors`),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onStep: ({ step, loss }) => options.onProgress?.({ done: (finished + step) / total, run, step, loss }),
    });
    finished += stepsOf(preset, from.length);
    return trained;
  };

  const isNew = (shot: Shot): boolean => !(options.seen ?? []).some((span) => isSameSpan(span, shot));
  // With every correction seen there is nothing fairer to go by than all of them, in favour of what is live.
  const keep = folds.some(({ heldOut }) => heldOut.some(isNew)) ? isNew : () => true;
  const scores: Record<'tuned' | 'zeroShot' | 'current' | 'besideCurrent', HeldOutScore>[] = [];
  for (const [index, { training, heldOut }] of folds.entries()) {
    const run: TrainingRun = { learns: 'scorer', without: 'videos', number: index + 1, count: folds.length };
    const trained = await train(run, training);
    const scored = async (some: readonly Shot[], of: LogitsOf): Promise<HeldOutScore> =>
      scoreHeldOut(some, task.classIds, some.length > 0 ? await of(some) : new Float32Array());
    const published: LogitsOf = (some) => logitsOf(learner, learner.start(), task, some);
    const tuned: LogitsOf = (some) => logitsOf(learner, trained, task, some);
    const fair = heldOut.filter(keep);
    scores.push({
      tuned: await scored(heldOut, tuned),
      zeroShot: await scored(heldOut, published),
      current: await scored(fair, options.current ?? published),
      besideCurrent: await scored(fair, tuned),
    });
  }
  const learned = await train({ learns: 'scorer', without: null, number: 1, count: 1 }, shots);
  const heldOut = {
    tuned: joinScores(scores.map(({ tuned }) => tuned)),
    zeroShot: joinScores(scores.map(({ zeroShot }) => zeroShot)),
    current: joinScores(scores.map(({ current }) => current)),
  };
  return {
    tensors: new Map([...learned].map(([name, values]) => [name, { shape: learner.shapes.get(name)!, values }])),
    heldOut,
    decision: decideGate(
      heldOut.tuned,
      heldOut.zeroShot,
      heldOut.current,
      joinScores(scores.map(({ besideCurrent }) => besideCurrent)),
    ),
    estimatedSeconds,
  };
}

function tooLong(seconds: number, longest: number, { id }: ScorerPreset): Failure {
  const advice =
    id === 'careful'
      ? say('allow it more time')
      : say("take the preset 'careful', which leaves pictures alone, or allow it more time");
  return new Failure(
    'bad-input',
    say(
      "Tuning with the preset '{{id}}' would take about {{duration}} on this machine, more than the {{allowed}} allowed: {{advice}}.",
      { id, duration: durationInWords(seconds), allowed: durationInWords(longest), advice },
    ),
    { estimatedSeconds: seconds },
  );
}
