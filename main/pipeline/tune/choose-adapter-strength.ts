import type { AdapterStrength } from '../classify/instant-adapter.ts';
import { adapterKeys } from './adapter-keys.ts';
import { heldOutFolds, onlyShots, scoreHeldOut, shotLogits, type ScoredClasses, type ShotLogits } from './held-out.ts';
import { examplesOf, type TuningTask } from './tuning-task.ts';
import type { Shot } from './training-shots.ts';

/** Strengths to choose from, as shares of the texts' scale; the first is what a few shots get. */
const usualShare = 0.1;
const usualBeta = 3;
const shares = [
  usualShare,
  0,
  usualShare / 4,
  usualShare / 2,
  2 * usualShare,
  4 * usualShare,
  8 * usualShare,
  16 * usualShare,
];
const betas = [usualBeta, 1, 10];

/** What a wrong answer costs beside its −log probability: strength buys confidence, which must not be paid for in errors. */
const mistakeCost = 3;

/**
 * The strength by which shots that were held back are told apart best, with a pull towards the usual one, so that the
 * first corrections work at once and a strength that misleads is turned down to nothing. Held-out shots of classes that
 * have no key in their fold are left out: no strength can help them.
 */
export function chooseAdapterStrength(folds: readonly ShotLogits[], scale: number): AdapterStrength {
  const useful = folds.map(withKeyedShots);
  const lossOf = ({ alpha, beta }: AdapterStrength): number =>
    useful.reduce((sum, fold) => {
      const { count, logLoss, accuracy } = scoreHeldOut(fold, { alpha, beta });
      return sum + count * (logLoss + mistakeCost * (1 - accuracy));
    }, 0);
  let best: AdapterStrength | null = null;
  let least = Infinity;
  for (const beta of betas) {
    for (const share of shares) {
      const strength = { alpha: share * scale, beta };
      const loss = lossOf(strength) + pullToUsual(share, beta);
      if (loss < least) [best, least] = [strength, loss];
    }
  }
  return best!;
}

/** The folds of a task whose texts are fixed, ready to choose a strength by. */
export function foldLogits(task: TuningTask, shots: readonly Shot[], classes: ScoredClasses): ShotLogits[] {
  return heldOutFolds(shots).map(({ training, heldOut }) =>
    shotLogits(
      heldOut,
      examplesOf(task, heldOut, null).features,
      classes,
      adapterKeys(task, training, examplesOf(task, training, null).features),
    ),
  );
}

/** Grows by one for every fourfold change of the weight; a few held-out shots outweigh it. */
function pullToUsual(share: number, beta: number): number {
  const steps = share === 0 ? 3 : Math.abs(Math.log2(share / usualShare)) / 2;
  return steps + Math.abs(Math.log(beta / usualBeta)) / 2;
}

function withKeyedShots(fold: ShotLogits): ShotLogits {
  const keyed = new Set([...(fold.keys?.classIndices ?? [])].map((column) => fold.classIds[column] ?? null));
  return onlyShots(fold, ({ classIds }) => classIds.length === 0 || classIds.some((id) => keyed.has(id)));
}
