import { sampledClip } from '#main/pipeline/score-clips/clip-span.ts';
import type { WorldAction } from '../world/actions.ts';
import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { openFilm, writeScript, type VideoScript } from '../world/untrimmed-video.ts';
import { playedBackwards, trainingActions } from './captions.ts';
import { drawnSize, imageSize, putFrame } from './render-batch.ts';
import { trainingScriptSeed } from './training-script-seed.ts';

/** A stretch of an untrimmed video, as a proposal would cut it out, in seconds. */
export interface ClipSpan {
  readonly script: VideoScript;
  readonly startS: number;
  readonly endS: number;
  readonly fps: number;
}

export interface ClipBatch {
  /** `[B, T, 3, 72, 72]`. */
  readonly pixels: Float32Array;
  /** By clip, what happens: an index of the training actions, their number where nothing does. */
  readonly classes: readonly number[];
  /** The same of the clip played backwards; -1 where that has no name. */
  readonly backwards: readonly number[];
}

/** How far a proposal's ends are off, as a share of the action's length. */
const jitter = 0.15;
const frameRates = [8, 10, 12, 15, 24, 25, 30] as const;
const idleShare = 0.06;
const shortestIdleS = 0.5;

/**
 * An action in an untrimmed video of its own, with ends as rough as a proposal's; or a stretch of the time before one,
 * in which nothing happens (null). The seed decides everything.
 */
export function roughSpan(scriptSeed: number, action: WorldAction | null, difficulty: number): ClipSpan {
  const random = seededRandom(scriptSeed).fork();
  const actions = action === null ? trainingActions : [action];
  const script = writeScript(scriptSeed, { actions, occurrences: 1, difficulty, backgroundS: [1, 3] });
  const { startS, endS } = script.occurrences[0]!;
  const fps = random.pick(frameRates);
  if (action === null) {
    const idleS = random.between(0, startS - shortestIdleS);
    return { script, fps, startS: idleS, endS: random.between(idleS + shortestIdleS, startS) };
  }
  const reach = jitter * (endS - startS);
  return { script, fps, startS: startS + random.between(-reach, reach), endS: endS + random.between(-reach, reach) };
}

/** Draws the frames that the studio would sample from a span, into clip `slot` of `[B, T, 3, 72, 72]`. */
export function putClip(
  { script, startS, endS, fps }: ClipSpan,
  frameCount: number,
  pixels: Float32Array,
  slot: number,
): void {
  const film = openFilm(script, { width: drawnSize, height: drawnSize, fps });
  const startFrame = Math.round(startS * fps);
  const endFrame = Math.max(startFrame + 1, Math.round(endS * fps));
  sampledClip({ startFrame, endFrame }, frameCount).forEach((frame, at) =>
    putFrame(film.draw(frame).rgb, pixels, slot * frameCount + at),
  );
}

/** The clips of one step of training: random actions of those it may see, scenes up to `difficulty`. */
export function renderClipBatch(
  { seed, step, clips, frameCount }: { seed: number; step: number; clips: number; frameCount: number },
  difficulty: number,
): ClipBatch {
  const random = seededRandom(seed * 1_000_003 + step);
  const pixels = new Float32Array(clips * frameCount * 3 * imageSize * imageSize);
  const classes = Array.from({ length: clips }, (_, slot) => {
    const action = pickAction(random);
    const scene = difficulty * random.between(0.3, 1);
    putClip(roughSpan(trainingScriptSeed(seed, step * clips + slot), action, scene), frameCount, pixels, slot);
    return action === null ? trainingActions.length : trainingActions.indexOf(action);
  });
  return { pixels, classes, backwards: classes.map((index) => playedBackwards(index) ?? -1) };
}

const pickAction = (random: SeededRandom): WorldAction | null =>
  random.chance(idleShare) ? null : random.pick(trainingActions);
