import type { SeededRandom } from '#main/random/seeded-random.ts';
import { alikeInFrames, playedBackwards, trainingActions } from './captions.ts';
import { filmFps, type FilmFeatures } from './film-features.ts';
import { performanceAt, type Occurrence } from '../world/untrimmed-video.ts';
import { jointCoordinates, jointsInPicture } from './render-batch.ts';

/** Windows cut from films, and spans in them. Classes K are the training actions and, last, nothing happening. */
export interface WindowBatch {
  readonly windows: number;
  /** `[B, T, D]` frame features. */
  readonly frames: Float32Array;
  /** `[B, S, T]`: each span's mean over frames as weights. */
  readonly pooling: Float32Array;
  /** `[B * S, K]`: exactly what happens in a span; zero where it is shown backwards and has no name then. */
  readonly segmentTargets: Float32Array;
  /** `[B * T, K]`: what a single frame shows, shared with the reverse action; zero near an action's start and end. */
  readonly frameTargets: Float32Array;
  /** `[B, T, 30]`: how far the actor's joints move from the frame before to the frame after, in figure units. */
  readonly movements: Float32Array;
}

export interface WindowSettings {
  readonly windows: number;
  /** T. */
  readonly length: number;
  /** S. */
  readonly segments: number;
  /** D. */
  readonly width: number;
}

/** A run of rows of a window with one thing going on: an occurrence, or nothing (null). */
interface Stretch {
  readonly occurrence: Occurrence | null;
  readonly start: number;
  readonly end: number;
}

/** How far a span's edges may be off, as a proposal's are: share of its length. */
const edgeJitter = 0.2;
const classes = trainingActions.length + 1;
const classOf = (occurrence: Occurrence | null): number =>
  occurrence === null ? trainingActions.length : trainingActions.indexOf(occurrence.action);

/**
 * Random windows of the films. Every other one is shown backwards: an action as its reverse, so that the order of frames
 * is all that tells one from the other.
 */
export function drawWindows(
  random: SeededRandom,
  films: readonly FilmFeatures[],
  { windows, length, segments, width }: WindowSettings,
): WindowBatch {
  const batch = {
    windows,
    frames: new Float32Array(windows * length * width),
    pooling: new Float32Array(windows * segments * length),
    segmentTargets: new Float32Array(windows * segments * classes),
    frameTargets: new Float32Array(windows * length * classes),
    movements: new Float32Array(windows * length * jointCoordinates),
  };
  for (let window = 0; window < windows; window += 1) {
    const film = random.pick(films);
    const rows = film.features.length / width;
    const first = random.below(Math.max(1, rows - length + 1));
    const backwards = random.chance(0.5);
    const rowAt = (at: number): number => Math.min(first + (backwards ? length - 1 - at : at), rows - 1);
    for (let at = 0; at < length; at += 1) {
      const row = rowAt(at);
      batch.frames.set(film.features.subarray(row * width, (row + 1) * width), (window * length + at) * width);
      putFrameTarget(batch.frameTargets, (window * length + at) * classes, film, row / filmFps);
    }
    const joints = Array.from({ length }, (_, at) => jointsAt(film, rowAt(at) / filmFps));
    for (const [at, before] of joints.slice(0, -2).entries()) {
      const moved = joints[at + 2]!.map((coordinate, index) => coordinate - before[index]!);
      batch.movements.set(moved, (window * length + at + 1) * jointCoordinates);
    }
    const stretches = stretchesOf(Array.from({ length }, (_, at) => occurrenceAt(film, rowAt(at) / filmFps)));
    for (let segment = 0; segment < segments; segment += 1) {
      const { occurrence, start, end } = jittered(random, pickStretch(random, stretches), length);
      const span = window * segments + segment;
      for (let at = start; at < end; at += 1) batch.pooling[span * length + at] = 1 / (end - start);
      const shown = backwards ? playedBackwards(classOf(occurrence)) : classOf(occurrence);
      if (shown !== null) batch.segmentTargets[span * classes + shown] = 1;
    }
  }
  return batch;
}

const occurrenceAt = ({ script }: FilmFeatures, seconds: number): Occurrence | null =>
  script.occurrences.find(({ startS, endS }) => seconds >= startS && seconds < endS) ?? null;

function jointsAt({ script }: FilmFeatures, seconds: number): number[] {
  const { performance, facing } = performanceAt(script, seconds);
  return jointsInPicture(performance, facing);
}

function putFrameTarget(targets: Float32Array, at: number, film: FilmFeatures, seconds: number): void {
  const occurrence = occurrenceAt(film, seconds);
  if (occurrence === null) {
    targets[at + classOf(null)] = 1;
    return;
  }
  const progress = (seconds - occurrence.startS) / (occurrence.endS - occurrence.startS);
  if (progress < 0.12 || progress > 0.88) return;
  const alike = alikeInFrames[classOf(occurrence)]!;
  for (const index of alike) targets[at + index] = 1 / alike.length;
}

/** What happens in a window, in order. */
function stretchesOf(occurrences: readonly (Occurrence | null)[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [at, occurrence] of occurrences.entries()) {
    const last = stretches.at(-1);
    if (last !== undefined && last.occurrence === occurrence)
      stretches[stretches.length - 1] = { ...last, end: at + 1 };
    else stretches.push({ occurrence, start: at, end: at + 1 });
  }
  return stretches;
}

/** Mostly actions; no stretch of a single row where there is a longer one. */
function pickStretch(random: SeededRandom, stretches: readonly Stretch[]): Stretch {
  const long = stretches.filter(({ start, end }) => end - start > 1);
  const choices = long.length > 0 ? long : stretches;
  const actions = choices.filter(({ occurrence }) => occurrence !== null);
  return random.pick(actions.length > 0 && random.chance(0.8) ? actions : choices);
}

function jittered(random: SeededRandom, stretch: Stretch, length: number): Stretch {
  const most = edgeJitter * (stretch.end - stretch.start);
  const start = Math.max(0, Math.round(stretch.start + random.between(-most, most)));
  const end = Math.min(length, Math.round(stretch.end + random.between(-most, most)));
  return end > start ? { ...stretch, start, end } : stretch;
}
