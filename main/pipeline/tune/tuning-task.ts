import type { PromptExamples } from '#native-models/prompt-learning/prompt-learner.ts';
import { meanFeature, spreadFeatures, type VideoFeatures } from './shot-features.ts';
import type { Shot } from './training-shots.ts';

/** What is learned and from what, apart from how. All features are unit rows of one image-text model. */
export interface TuningTask {
  readonly dim: number;
  /** The classes in a fixed order; all of them are negatives of each other, also those without a shot. */
  readonly classIds: readonly number[];
  /** `[K, D]` zero-shot class features, as the localiser uses them. */
  readonly zeroShot: Float32Array;
  /** `[M, D]` background texts. */
  readonly background: Float32Array;
  readonly videos: ReadonlyMap<number, VideoFeatures>;
}

/** Shots as numbers. A shot weighs less the more of its class there are, so that no class drowns the others. */
export function examplesOf(task: TuningTask, shots: readonly Shot[], frames: number | null): PromptExamples {
  const { dim, classIds } = task;
  const backgrounds = task.background.length / dim;
  const features = new Float32Array(shots.length * dim * (frames ?? 1));
  const targets = new Float32Array(shots.length * classIds.length);
  const backgroundTargets = new Float32Array(shots.length * backgrounds);
  const kinds = shots.map(({ classIds: marked }) => marked.join());
  const weights = Float32Array.from(kinds, (kind) => kinds.filter((other) => other === kind).length ** -0.5);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [row, shot] of shots.entries()) {
    const video = task.videos.get(shot.videoId)!;
    const values = frames === null ? meanFeature(video, shot, dim) : spreadFeatures(video, shot, frames, dim);
    features.set(values, row * values.length);
    weights[row]! /= total;
    for (const classId of shot.classIds)
      targets[row * classIds.length + classIds.indexOf(classId)] = 1 / shot.classIds.length;
    if (shot.classIds.length === 0)
      backgroundTargets.set(nearestBackground(meanFeature(video, shot, dim), task.background), row * backgrounds);
  }
  return { count: shots.length, features, targets, backgroundTargets, weights };
}

/** All weight on the background text that fits best: which one is no matter, as long as it is one of them. */
function nearestBackground(feature: Float32Array, background: Float32Array): Float32Array {
  const dim = feature.length;
  const target = new Float32Array(background.length / dim);
  let best = 0;
  let highest = -Infinity;
  for (let row = 0; row < target.length; row += 1) {
    let cosine = 0;
    for (let at = 0; at < dim; at += 1) cosine += feature[at]! * background[row * dim + at]!;
    if (cosine > highest) [best, highest] = [row, cosine];
  }
  target[best] = 1;
  return target;
}
