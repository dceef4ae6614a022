import type { FrameLogits } from './frame-logits.ts';

/** Class probabilities of each sampled frame and what follows from them. */
export interface FrameProbabilities {
  /** K columns `[N]`: softmax over classes and background texts, without the background's part. */
  readonly perClass: readonly Float64Array[];
  /** `[N]` log-odds that the frame shows any of the classes; 0 everywhere while there are no classes or no background. */
  readonly actionLogits: Float64Array;
}

/** Keeps logarithms finite where one side is out of reach of the other. */
const leastSum = 1e-30;

/**
 * Softmax over K + M per frame, and what speaks for an action against the background: the mean likelihood of the class
 * texts over that of the background texts. Means, not sums, so that a list of four hundred names does not make an action
 * likelier than a list of eight.
 */
export function frameProbabilities({ sampleCount, classCount, columns }: FrameLogits): FrameProbabilities {
  const perClass = Array.from({ length: classCount }, () => new Float64Array(sampleCount));
  const actionLogits = new Float64Array(sampleCount);
  if (classCount === 0) return { perClass, actionLogits };
  const highest = new Float64Array(sampleCount).fill(-Infinity);
  for (const column of columns) {
    for (let sample = 0; sample < sampleCount; sample += 1) {
      if (column[sample]! > highest[sample]!) highest[sample] = column[sample]!;
    }
  }
  const ofClasses = new Float64Array(sampleCount);
  const ofBackground = new Float64Array(sampleCount);
  for (const [text, column] of columns.entries()) {
    const probabilities = perClass[text];
    const total = probabilities ? ofClasses : ofBackground;
    for (let sample = 0; sample < sampleCount; sample += 1) {
      const value = Math.exp(column[sample]! - highest[sample]!);
      total[sample]! += value;
      if (probabilities) probabilities[sample] = value;
    }
  }
  const perText = (columns.length - classCount) / classCount;
  for (let sample = 0; sample < sampleCount; sample += 1) {
    const [action, rest] = [ofClasses[sample]!, ofBackground[sample]!];
    if (perText > 0) actionLogits[sample] = Math.log((perText * action + leastSum) / (rest + leastSum));
    ofClasses[sample] = 1 / (action + rest);
  }
  for (const probabilities of perClass) {
    for (let sample = 0; sample < sampleCount; sample += 1) probabilities[sample]! *= ofClasses[sample]!;
  }
  return { perClass, actionLogits };
}

/**
 * `[N]` probability that each frame shows an action. Where frames are seen in several ways, such as by themselves and
 * through a temporal module, their log-odds are averaged: the ways err differently, and neither is left to decide alone.
 */
export function actionness(views: readonly Float64Array[]): Float64Array {
  return views[0]!.map((_, sample) => {
    const sum = views.reduce((total, logits) => total + logits[sample]!, 0);
    return 1 / (1 + Math.exp(-sum / views.length));
  });
}
