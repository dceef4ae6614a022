import type { ClipInput, ClipLearner, TrainedTensors } from '#native-models/xclip/clip-learner.ts';
import type { Shot } from '../tune/training-shots.ts';

/** What a model of clips is tuned to tell apart, and how its clips are come by. */
export interface ScorerTask {
  /** The classes in a fixed order: the first columns of the scores; background texts follow. */
  readonly classIds: readonly number[];
  /** K + M. */
  readonly columns: number;
  /** The clips of these shots, as the learner takes them. */
  clips(shots: readonly Shot[]): Promise<ClipInput>;
}

/** Shots in one run of a graph: pixels are many, and differentiating through the picture encoder takes gigabytes a clip. */
const shotsPerRun = { encoded: 8, pixels: 1 } as const;

/** Shots in the runs that a learner makes of them. */
export function runsOf<Item>(items: readonly Item[], takes: ClipLearner['takes']): Item[][] {
  const size = shotsPerRun[takes];
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** Logits `[B, K + M]` of shots. */
export async function logitsOf(
  learner: ClipLearner,
  learned: TrainedTensors,
  task: ScorerTask,
  shots: readonly Shot[],
): Promise<Float32Array> {
  const logits = new Float32Array(shots.length * task.columns);
  let row = 0;
  for (const run of runsOf(shots, learner.takes)) {
    logits.set(await learner.logits(learned, await task.clips(run)), row * task.columns);
    row += run.length;
  }
  return logits;
}

/** A shot with what it is to score, and how much it counts. */
export interface Target {
  readonly shot: Shot;
  /** `[K + M]`, summing to 1. */
  readonly row: Float32Array;
  readonly weight: number;
}

/**
 * Targets of shots, smoothed (Szegedy et al. 2016). A shot counts less the more of its kind there are. Background is to
 * stay with the background text that fits it best already, by its logits before training: which one is no matter.
 * @param logitsBefore `[shots, K + M]`.
 * @returns a `[K + M]` target a shot.
 */
export function targetsOf(
  { classIds, columns }: ScorerTask,
  shots: readonly Shot[],
  logitsBefore: Float32Array,
  smoothing: number,
): Target[] {
  const kinds = shots.map(({ classIds: marked }) => marked.join());
  return shots.map((shot, index) => {
    const row = new Float32Array(columns).fill(smoothing / columns);
    const right =
      shot.classIds.length > 0
        ? shot.classIds.map((classId) => classIds.indexOf(classId))
        : [bestBackground(logitsBefore.subarray(index * columns, (index + 1) * columns), classIds.length)];
    for (const column of right) row[column]! += (1 - smoothing) / right.length;
    return { shot, row, weight: kinds.filter((kind) => kind === kinds[index]).length ** -0.5 };
  });
}

function bestBackground(logits: Float32Array, classCount: number): number {
  let best = classCount;
  for (let column = classCount; column < logits.length; column += 1) if (logits[column]! > logits[best]!) best = column;
  return best;
}
