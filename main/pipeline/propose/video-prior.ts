import type { FrameLogits } from './frame-logits.ts';
import type { ProposalSettings } from './localisation-settings.ts';

/**
 * How likely each class occurs anywhere in the video, `[K]` summing to 1: softmax of the mean of each class's best
 * `1 / priorTopDivisor` frame logits, mixed with a uniform share.
 */
export function videoPrior(
  frames: FrameLogits,
  settings: Pick<ProposalSettings, 'priorTopDivisor' | 'priorUniformShare'>,
): Float64Array {
  const { sampleCount, classCount, columns } = frames;
  const prior = new Float64Array(classCount);
  const topCount = Math.ceil(sampleCount / settings.priorTopDivisor);
  for (let text = 0; text < classCount; text += 1) {
    const ascending = columns[text]!.slice().sort();
    let sum = 0;
    for (let rank = sampleCount - topCount; rank < sampleCount; rank += 1) sum += ascending[rank]!;
    prior[text] = sum / topCount;
  }
  const highest = prior.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  for (let text = 0; text < classCount; text += 1) total += prior[text] = Math.exp(prior[text]! - highest);
  const uniform = settings.priorUniformShare;
  return prior.map((value) => ((1 - uniform) * value) / total + uniform / classCount);
}

/** The most likely classes of a video and every other above the least prior, ascending class indices. */
export function activeClasses(
  prior: Float64Array,
  settings: Pick<ProposalSettings, 'activeClassCount' | 'activeClassMinPrior'>,
): number[] {
  const ranked = Array.from(prior.keys()).sort((a, b) => prior[b]! - prior[a]! || a - b);
  return ranked
    .filter((text, rank) => rank < settings.activeClassCount || prior[text]! > settings.activeClassMinPrior)
    .sort((a, b) => a - b);
}
