import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { microsecondsOf } from '#preload/domain/span.ts';
import type { Span } from '#preload/domain/span.ts';
import type { FrameFeatures } from '../feature-store/frame-features.ts';
import type { ClassSet } from './class-set.ts';

/** `count` random unit rows of `dim` numbers. */
export function randomDirections(count: number, dim: number, random: Pick<SeededRandom, 'normal'>): Float32Array {
  const rows = new Float32Array(count * dim);
  for (let row = 0; row < count; row += 1) {
    const values = Float64Array.from({ length: dim }, random.normal);
    const length = Math.hypot(...values);
    rows.set(
      values.map((value) => value / length),
      row * dim,
    );
  }
  return rows;
}

/** An action in a made-up video. */
export interface SyntheticAction extends Span {
  readonly classIndex: number;
}

export interface SyntheticWorld {
  readonly classSet: ClassSet;
  readonly dim: number;
  readonly fps: number;
  /** Number the video; the same number gives the same video. */
  video(seed: number): {
    readonly video: FrameFeatures;
    readonly endUs: number;
    readonly actions: readonly SyntheticAction[];
  };
}

export interface SyntheticWorldOptions {
  readonly dim?: number;
  readonly classCount?: number;
  readonly backgroundCount?: number;
  readonly durationS?: number;
  readonly fps?: number;
  readonly actionsPerVideo?: number;
  /** How many different classes occur in one video. */
  readonly classesPerVideo?: number;
  readonly actionS?: readonly [number, number];
  /** How much of an action, of other activity, of the scene and of noise is in a frame, beside what all frames share. */
  readonly actionShare?: number;
  readonly backgroundShare?: number;
  readonly sceneShare?: number;
  readonly noiseShare?: number;
  /** How often the scene changes, seconds on average. */
  readonly sceneS?: number;
  readonly seed?: number;
}

/**
 * Videos as an image-text encoder might see them: each frame is the direction that all pictures share, its scene, the
 * text of its action or of some background, and noise that changes slowly. Actions start and end anywhere.
 */
export function syntheticWorld(options: SyntheticWorldOptions = {}): SyntheticWorld {
  const {
    dim = 64,
    classCount = 8,
    backgroundCount = 6,
    durationS = 120,
    fps = 4,
    actionsPerVideo = 6,
    classesPerVideo = 1,
    actionS = [2, 10],
    actionShare = 0.35,
    backgroundShare = 0.25,
    sceneShare = 0.5,
    noiseShare = 0.5,
    sceneS = 40,
    seed = 1,
  } = options;
  const random = seededRandom(seed);
  const shared = randomDirections(1, dim, random);
  const classEmbeddings = randomDirections(classCount, dim, random);
  const backgroundEmbeddings = randomDirections(backgroundCount, dim, random);
  const classSet: ClassSet = { classEmbeddings, backgroundEmbeddings, logitScale: 100 };

  const video: SyntheticWorld['video'] = (videoSeed) => {
    const draw = seededRandom(seed * 1000 + videoSeed);
    const present = Array.from({ length: classesPerVideo }, () => draw.below(classCount));
    const slotS = durationS / actionsPerVideo;
    const actions = Array.from({ length: actionsPerVideo }, (_, index): SyntheticAction => {
      const lengthS = Math.min(draw.between(...actionS), 0.8 * slotS);
      const startS = index * slotS + draw.between(0.05 * slotS, 0.95 * slotS - lengthS);
      return {
        startUs: microsecondsOf(startS),
        endUs: microsecondsOf(startS + lengthS),
        classIndex: draw.pick(present),
      };
    });
    const count = Math.floor(durationS * fps);
    const timesUs = Float64Array.from({ length: count }, (_, index) => microsecondsOf(index / fps));
    const features = new Float32Array(count * dim);
    let scene = randomDirections(1, dim, draw);
    let background = draw.below(backgroundCount);
    let drift = randomDirections(1, dim, draw);
    for (let sample = 0; sample < count; sample += 1) {
      if (draw.chance(1 / (sceneS * fps))) scene = randomDirections(1, dim, draw);
      if (draw.chance(1 / (8 * fps))) background = draw.below(backgroundCount);
      const fresh = randomDirections(1, dim, draw);
      drift = drift.map((value, index) => 0.7 * value + 0.71 * fresh[index]!);
      const action = actions.find((one) => one.startUs <= timesUs[sample]! && timesUs[sample]! < one.endUs);
      const [texts, text, share] = action
        ? [classEmbeddings, action.classIndex, actionShare]
        : [backgroundEmbeddings, background, backgroundShare];
      const frame = Float64Array.from(
        shared,
        (value, index) =>
          value + sceneShare * scene[index]! + share * texts[text * dim + index]! + noiseShare * drift[index]!,
      );
      const length = Math.hypot(...frame);
      features.set(
        frame.map((value) => value / length),
        sample * dim,
      );
    }
    return { video: { features, timesUs, dim }, endUs: microsecondsOf(count / fps), actions };
  };
  return { classSet, dim, fps, video };
}
