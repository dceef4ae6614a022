import { softmax } from '../learn/softmax.ts';
import { usualClipWeight } from './fuse-probabilities.ts';

/** A corrected stretch as two scorers see it, neither of which learned from its video. */
export interface TwoOpinions {
  readonly videoId: number;
  /** Places of the classes that are right. */
  readonly right: readonly number[];
  /** `[K]` probabilities. */
  readonly frames: Float64Array;
  readonly clip: Float64Array;
}

const choices = [0, 0.1, 0.2, 0.4, 0.8, 1.2, 1.6] as const;
/** Not looking at clips at all is as far from usual as this weight. */
const asFarAsNone = 0.05;
const sharpnesses = [0.4, 0.5, 0.6, 0.7, 0.85, 1, 1.2] as const;
const least = 1e-6;

/**
 * How much a clip's say counts beside the features', by held-back corrections: the mean of the weights, each by how likely
 * it makes the class that is right, with a pull towards the usual one. 0, so that nothing changes, where corrections are
 * surely better off without: by more than the standard error of the difference between videos. Without corrections the
 * usual one.
 */
export function learnClipWeight(opinions: readonly TwoOpinions[]): number {
  if (opinions.length === 0) return usualClipWeight;
  const tried = choices.map((weight) => {
    const losses = lossesOf(opinions, weight);
    return { weight, loss: pull(weight) + sum(losses) };
  });
  const lowest = Math.min(...tried.map(({ loss }) => loss));
  const likely = tried.map(({ weight, loss }) => ({ weight, share: Math.exp(lowest - loss) }));
  const weight = sum(likely.map((one) => one.share * one.weight)) / sum(likely.map(({ share }) => share));
  return isSurelyWorse(opinions, weight) ? 0 : weight;
}

const pull = (weight: number): number => Math.abs(Math.log2(Math.max(weight, asFarAsNone) / usualClipWeight)) / 2;

function isSurelyWorse(opinions: readonly TwoOpinions[], weight: number): boolean {
  const [own, none] = [lossesOf(opinions, weight), lossesOf(opinions, 0)];
  const videos = [...Map.groupBy(opinions.keys(), (row) => opinions[row]!.videoId).values()];
  const harms = videos.map((rows) => sum(rows.map((row) => own[row]! - none[row]!)));
  const mean = sum(harms) / harms.length;
  if (harms.length < 2) return mean > 0;
  const variance = sum(harms.map((harm) => (harm - mean) ** 2)) / (harms.length - 1);
  return mean > Math.sqrt(variance / harms.length);
}

/**
 * `[n]` −log P of what is right among the classes, at the sharpness that suits the whole best: two scorers that agree are
 * surer than each alone, and whether too sure says nothing of what they tell apart.
 */
function lossesOf(opinions: readonly TwoOpinions[], weight: number): number[] {
  const logs = opinions.map(({ frames, clip }) =>
    frames.map((share, at) => Math.log(share + least) + weight * Math.log(clip[at]! + least)),
  );
  return sharpnesses
    .map((sharpness) =>
      opinions.map(({ right }, row) => {
        const shares = softmax(logs[row]!.map((log) => sharpness * log));
        return -Math.log(Math.max(sum(right.map((at) => shares[at]!)), least));
      }),
    )
    .reduce((best, losses) => (sum(losses) < sum(best) ? losses : best));
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
