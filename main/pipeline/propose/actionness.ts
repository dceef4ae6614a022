import type { FrameLogits } from './frame-logits.ts';

/** Class probabilities of each sampled frame and what follows from them. */
export interface FrameProbabilities {
  /** K columns `[N]`: softmax over classes and background texts, without the background's part. */
  readonly perClass: readonly Float64Array[];
  /** `[N]` probability that the frame shows any of the classes; one half everywhere while there are none. */
  readonly actionness: Float64Array;
}

/** Softmax over K + M per frame; actionness is what the background leaves. */
export function frameProbabilities({ sampleCount, classCount, columns }: FrameLogits): FrameProbabilities {
  const perClass = Array.from({ length: classCount }, () => new Float64Array(sampleCount));
  const actionness = new Float64Array(sampleCount);
  if (classCount === 0) return { perClass, actionness: actionness.fill(0.5) };
  const highest = new Float64Array(sampleCount).fill(-Infinity);
  for (const column of columns) {
    for (let sample = 0; sample < sampleCount; sample += 1) {
      if (column[sample]! > highest[sample]!) highest[sample] = column[sample]!;
    }
  }
  const total = new Float64Array(sampleCount);
  for (const [text, column] of columns.entries()) {
    const probabilities = perClass[text];
    for (let sample = 0; sample < sampleCount; sample += 1) {
      const value = Math.exp(column[sample]! - highest[sample]!);
      total[sample]! += value;
      if (!probabilities) continue;
      probabilities[sample] = value;
      actionness[sample]! += value;
    }
  }
  for (let sample = 0; sample < sampleCount; sample += 1) actionness[sample]! /= total[sample]!;
  for (const probabilities of perClass) {
    for (let sample = 0; sample < sampleCount; sample += 1) probabilities[sample]! /= total[sample]!;
  }
  return { perClass, actionness };
}
