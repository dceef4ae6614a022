import { addAdapterSay, type AdapterStrength } from '../classify/instant-adapter.ts';
import { similarities } from '../vectors/similarity.ts';
import type { AdapterKeys } from './adapter-keys.ts';
import type { Shot } from './training-shots.ts';

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

/** What shots are told apart by. */
export interface ScoredClasses {
  readonly classIds: readonly number[];
  /** `[K, D]` unit rows, in the order of `classIds`. */
  readonly classFeatures: Float32Array;
  /** `[M, D]` unit rows. */
  readonly background: Float32Array;
  /** Factor from cosine to logit. */
  readonly scale: number;
}

/** Shots before the columns that they are scored by: logits of the texts, and cosines to the keys of an adapter. */
export interface ShotLogits {
  readonly shots: readonly Shot[];
  readonly classIds: readonly number[];
  /** `[B, K + M]`. */
  readonly texts: Float32Array;
  /** `[B, n]`; empty without keys. */
  readonly cosines: Float32Array;
  readonly keys: AdapterKeys | null;
}

/** Logits of shots by their features `[B, D]` (unit rows). */
export function shotLogits(
  shots: readonly Shot[],
  features: Float32Array,
  classes: ScoredClasses,
  keys: AdapterKeys | null,
): ShotLogits {
  const dim = shots.length > 0 ? features.length / shots.length : 1;
  const columns = new Float32Array(classes.classFeatures.length + classes.background.length);
  columns.set(classes.classFeatures);
  columns.set(classes.background, classes.classFeatures.length);
  const texts = similarities(features, columns, dim).map((cosine) => cosine * classes.scale);
  const cosines = keys === null ? new Float32Array() : similarities(features, keys.keys, dim);
  return { shots, classIds: classes.classIds, texts, cosines, keys };
}

/** How well shots are told apart with an adapter of a given strength; with none, by the texts alone. */
export function scoreHeldOut(
  { shots, classIds, texts, cosines, keys }: ShotLogits,
  strength: AdapterStrength | null,
): HeldOutScore {
  const columns = shots.length > 0 ? texts.length / shots.length : 0;
  const keyCount = keys?.classIndices.length ?? 0;
  let right = 0;
  let loss = 0;
  for (const [row, shot] of shots.entries()) {
    const logits = Float64Array.from(texts.subarray(row * columns, (row + 1) * columns));
    if (strength !== null && keys !== null && keyCount > 0) {
      addAdapterSay({ ...keys, ...strength }, cosines.subarray(row * keyCount, (row + 1) * keyCount), logits);
    }
    const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0);
    const isRight = (column: number): boolean =>
      column < classIds.length ? shot.classIds.includes(classIds[column]!) : shot.classIds.length === 0;
    const likely = logits.reduce(
      (sum, logit, column) => (isRight(column) ? sum + Math.exp(logit - highest) / total : sum),
      0,
    );
    if (isRight(logits.indexOf(highest))) right += 1;
    loss -= Math.log(Math.max(likely, 1e-12));
  }
  return {
    count: shots.length,
    accuracy: shots.length > 0 ? right / shots.length : 0,
    logLoss: shots.length > 0 ? loss / shots.length : 0,
  };
}

/** The same without the shots that `keep` refuses. */
export function onlyShots(fold: ShotLogits, keep: (shot: Shot) => boolean): ShotLogits {
  const kept = [...fold.shots.keys()].filter((row) => keep(fold.shots[row]!));
  const rowsOf = (values: Float32Array): Float32Array => {
    const width = fold.shots.length > 0 ? values.length / fold.shots.length : 0;
    const rows = new Float32Array(kept.length * width);
    kept.forEach((row, at) => rows.set(values.subarray(row * width, (row + 1) * width), at * width));
    return rows;
  };
  return {
    ...fold,
    shots: kept.map((row) => fold.shots[row]!),
    texts: rowsOf(fold.texts),
    cosines: rowsOf(fold.cosines),
  };
}

/** Scores of several folds as one. */
export function joinScores(scores: readonly HeldOutScore[]): HeldOutScore {
  const count = scores.reduce((sum, score) => sum + score.count, 0);
  const mean = (of: (score: HeldOutScore) => number): number =>
    count > 0 ? scores.reduce((sum, score) => sum + of(score) * score.count, 0) / count : 0;
  return { count, accuracy: mean(({ accuracy }) => accuracy), logLoss: mean(({ logLoss }) => logLoss) };
}
