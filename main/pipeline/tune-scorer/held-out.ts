import type { Shot } from '../tune/training-shots.ts';

/** One part of the shots held back while the others are learned from. */
export interface Fold {
  readonly training: readonly Shot[];
  readonly heldOut: readonly Shot[];
}

/** At most this many folds: with more videos, several are held back together. */
const mostFolds = 5;

/**
 * Leave-one-video-out; leave-one-segment-out while there is a single video. Shots of one group are never on both sides.
 * Empty where nothing can be held back: fewer than two groups.
 */
export function heldOutFolds(shots: readonly Shot[]): Fold[] {
  const videos = [...new Set(shots.map(({ videoId }) => videoId))].toSorted((a, b) => a - b);
  const groupOf =
    videos.length > 1
      ? (shot: Shot): number => videos.indexOf(shot.videoId)
      : (shot: Shot): number => shots.indexOf(shot);
  const groups = videos.length > 1 ? videos.length : shots.length;
  if (groups < 2) return [];
  const count = Math.min(mostFolds, groups);
  return Array.from({ length: count }, (_, fold) => ({
    training: shots.filter((shot) => groupOf(shot) % count !== fold),
    heldOut: shots.filter((shot) => groupOf(shot) % count === fold),
  })).filter(({ training, heldOut }) => training.some(({ classIds }) => classIds.length > 0) && heldOut.length > 0);
}

/** How well class features tell held-out shots apart. */
export interface HeldOutScore {
  /** Shots counted. */
  readonly count: number;
  /** Share whose most likely column is right (a class it was marked as, or any background text for background). */
  readonly accuracy: number;
  /** Mean −log probability of what is right. */
  readonly logLoss: number;
}

/**
 * How well shots are told apart by logits.
 *
 * @param logits `[B, K + M]`, a row for each shot. @param classIds of the first K columns; the others are background.
 */
export function scoreHeldOut(shots: readonly Shot[], classIds: readonly number[], logits: Float32Array): HeldOutScore {
  const columns = shots.length > 0 ? logits.length / shots.length : 0;
  let right = 0;
  let loss = 0;
  for (const [index, shot] of shots.entries()) {
    const row = Float64Array.from(logits.subarray(index * columns, (index + 1) * columns));
    const highest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const total = row.reduce((sum, logit) => sum + Math.exp(logit - highest), 0);
    const isRight = (column: number): boolean =>
      column < classIds.length ? shot.classIds.includes(classIds[column]!) : shot.classIds.length === 0;
    const likely = row.reduce(
      (sum, logit, column) => (isRight(column) ? sum + Math.exp(logit - highest) / total : sum),
      0,
    );
    if (isRight(row.indexOf(highest))) right += 1;
    loss -= Math.log(Math.max(likely, 1e-12));
  }
  return {
    count: shots.length,
    accuracy: shots.length > 0 ? right / shots.length : 0,
    logLoss: shots.length > 0 ? loss / shots.length : 0,
  };
}

/** Scores of several folds as one. */
export function joinScores(scores: readonly HeldOutScore[]): HeldOutScore {
  const count = scores.reduce((sum, score) => sum + score.count, 0);
  const mean = (of: (score: HeldOutScore) => number): number =>
    count > 0 ? scores.reduce((sum, score) => sum + of(score) * score.count, 0) / count : 0;
  return { count, accuracy: mean(({ accuracy }) => accuracy), logLoss: mean(({ logLoss }) => logLoss) };
}
