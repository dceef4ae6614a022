import type { SeededRandom } from '#main/random/seeded-random.ts';
import type { BoundaryBatch, BoundaryTargets, KeptInputs } from '#native-models/boundary-head/boundary-head.ts';
import { boundaryCurves } from '#native-models/boundary-head/boundary-head.ts';
import { ownHeadInput } from '#native-models/boundary-head/own-boundaries.ts';
import type { Occurrence } from '../world/untrimmed-video.ts';
import { filmFps, type FilmFeatures } from './film-features.ts';

/** A film as the boundary head sees it. */
export interface SeenFilm extends FilmFeatures {
  /** `[N, D]` unit rows that the temporal module makes of the film's features. */
  readonly dense: Float32Array;
}

/** Films, and the stretches in them in which nothing happens. */
export interface Footage {
  readonly films: readonly SeenFilm[];
  readonly idle: readonly Stretch[];
}

/** Rows `[start, end)` of a film. */
interface Stretch {
  readonly film: SeenFilm;
  readonly start: number;
  readonly end: number;
}

export interface FootageSettings {
  /** B and T. */
  readonly windows: number;
  readonly length: number;
  /** D. */
  readonly dim: number;
}

/** Nearer than this to an action, a frame may show some of it. */
const guardS = 0.3;
const shortestIdle = 3;
/** How far off an edge a boundary between samples still counts as one, as a standard deviation: a sample. */
const edgeSpreadS = 1 / filmFps;
/** Edges are a few samples of hundreds, and two of the three curves. */
const curveWeights = [1, 2, 2];
/** Of windows, so many are mostly of other films' idle time, cut hard: what long recordings are like. */
const waitingShare = 0.35;
const waitingIdle = 0.7;
/** Of the inputs, so many are left out of a step. */
const droppedShare = 0.3;

/** Films with what lies between their actions. */
export function footageOf(films: readonly SeenFilm[], dim: number): Footage {
  const idle = films.flatMap((film) => {
    const { occurrences, durationS } = film.script;
    const rows = film.features.length / dim;
    const starts = [-guardS, ...occurrences.map(({ endS }) => endS)];
    const ends = [...occurrences.map(({ startS }) => startS), durationS + guardS];
    return starts
      .map((startS, at) => ({
        film,
        start: Math.ceil((startS + guardS) * filmFps),
        end: Math.min(rows, Math.floor((ends[at]! - guardS) * filmFps)),
      }))
      .filter(({ start, end }) => end - start >= shortestIdle);
  });
  return { films, idle };
}

/**
 * Windows of footage with where actions are, start and end in them. Films follow each other with hard cuts, and in some
 * windows there is mostly nothing, so that neither a cut nor a long wait is taken for an edge.
 */
export function drawFootage(
  random: SeededRandom,
  { films, idle }: Footage,
  { windows, length, dim }: FootageSettings,
): BoundaryBatch & BoundaryTargets & KeptInputs {
  const width = 3 * dim;
  const cells = windows * length;
  const batch = {
    count: windows,
    length,
    inputs: new Float32Array(cells * width),
    priors: new Float32Array(cells * boundaryCurves),
    targets: new Float32Array(cells * boundaryCurves),
    weights: Float32Array.from(
      { length: cells * boundaryCurves },
      (_, at) => curveWeights[at % boundaryCurves]! / cells,
    ),
    kept: Float32Array.from({ length: cells * width }, () =>
      random.chance(droppedShare) ? 0 : 1 / (1 - droppedShare),
    ),
  };
  for (let window = 0; window < windows; window += 1) {
    const features = new Float32Array(length * dim);
    const dense = new Float32Array(length * dim);
    const waits = random.chance(waitingShare);
    for (let at = 0; at < length;) {
      const { film, start, end } = nextStretch(at === 0, waits);
      const rows = Math.min(end - start, length - at);
      features.set(film.features.subarray(start * dim, (start + rows) * dim), at * dim);
      dense.set(film.dense.subarray(start * dim, (start + rows) * dim), at * dim);
      for (let row = 0; row < rows; row += 1)
        batch.targets.set(
          targetsOf(film.script.occurrences, start + row),
          (window * length + at + row) * boundaryCurves,
        );
      at += rows;
    }
    batch.inputs.set(ownHeadInput(features, dense, dim).inputs, window * length * width);
  }
  return batch;

  function nextStretch(isFirst: boolean, waits: boolean): Stretch {
    if (waits && random.chance(waitingIdle)) return random.pick(idle);
    const film = random.pick(films);
    const rows = film.features.length / dim;
    return { film, start: isFirst && !waits ? random.below(rows >> 1) : 0, end: rows };
  }
}

/** Of a row: whether an action is on in its frame, and how near the boundary just before it is to a start, and an end. */
function targetsOf(occurrences: readonly Occurrence[], row: number): number[] {
  const atS = row / filmFps;
  const boundaryS = (row - 0.5) / filmFps;
  const near = (edgeS: number): number => Math.exp(-((boundaryS - edgeS) ** 2) / (2 * edgeSpreadS ** 2));
  return [
    occurrences.some(({ startS, endS }) => atS >= startS && atS < endS) ? 1 : 0,
    Math.max(0, ...occurrences.map(({ startS }) => near(startS))),
    Math.max(0, ...occurrences.map(({ endS }) => near(endS))),
  ];
}
