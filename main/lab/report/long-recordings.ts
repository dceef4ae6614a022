import { analyseFeatures } from '#main/pipeline/propose/analyse-features.ts';
import type { FrameFeatures } from '#main/pipeline/feature-store/frame-features.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';
import { samplingFps, type ActionSpan } from './filmed-video.ts';
import type { SeenVideo } from './rendered-world.ts';

/** Frame features `[N, D]` of a stretch of a film, plain and through the temporal module. */
interface Footage {
  readonly features: Float32Array;
  readonly seen: Float32Array;
}

/** Films in one recording. */
const filmsPerRecording = 6;
const stepUs = microsecondsPerSecond / samplingFps;
/** Nearer than this to an action, a frame may show some of it. */
const guardUs = 300_000;
const shortestIdle = 3;

export interface RecordingKind {
  /** Whether the time between films is of many scenes, cut hard one after the other, or of one scene, back and forth. */
  readonly cuts: boolean;
  /** Seconds that the first action of each film goes on for, again and again; null: films as they are. */
  readonly lastingS: number | null;
}

/**
 * Recordings of `minutes` each, in which a few films are spread over a long time in which nothing happens: stretches
 * without action of other films. Features are put together, not pictures.
 *
 * @param films what happens. @param others films of which only the stretches without action are used.
 */
export function longRecordings(
  films: readonly SeenVideo[],
  others: readonly SeenVideo[],
  minutes: number,
  { cuts, lastingS }: RecordingKind = { cuts: true, lastingS: null },
): SeenVideo[] {
  const idle = others.flatMap(idleFootage);
  let next = 0;
  const recordings: SeenVideo[] = [];
  for (let first = 0; first < films.length; first += filmsPerRecording) {
    const inside = films
      .slice(first, first + filmsPerRecording)
      .map((film) => (lastingS === null ? film : lasting(film, lastingS)));
    const total = minutes * 60 * samplingFps;
    const own = inside.reduce((sum, { features }) => sum + features.timesUs.length, 0);
    const between = Math.max(0, Math.floor((total - own) / (inside.length + 1)));
    const parts: Footage[] = [];
    const actions: ActionSpan[] = [];
    const { dim } = inside[0]!.features;
    let at = 0;
    const wait = (): void => {
      const scene = idle[next % idle.length]!;
      for (let left = between, turn = 0; left > 0; turn += 1) {
        const { features, seen } = cuts ? idle[next++ % idle.length]! : turned(scene, dim, turn % 2 === 1);
        const rows = Math.min(left, features.length / dim);
        parts.push({ features: features.subarray(0, rows * dim), seen: seen.subarray(0, rows * dim) });
        left -= rows;
        at += rows;
      }
      if (!cuts) next += 1;
    };
    wait();
    for (const film of inside) {
      const shiftUs = at * stepUs - film.features.timesUs[0]!;
      for (const action of film.actions)
        actions.push({ ...action, startUs: action.startUs + shiftUs, endUs: action.endUs + shiftUs });
      parts.push({ features: film.features.features, seen: film.seen });
      at += film.features.timesUs.length;
      wait();
    }
    recordings.push(joined(inside[0]!, parts, actions));
  }
  return recordings;
}

/** The rows of footage, from the last to the first where it goes back. */
function turned({ features, seen }: Footage, dim: number, goesBack: boolean): Footage {
  if (!goesBack) return { features, seen };
  const rows = features.length / dim;
  const back = (values: Float32Array): Float32Array =>
    Float32Array.from(values, (_, at) => values[(rows - 1 - Math.floor(at / dim)) * dim + (at % dim)]!);
  return { features: back(features), seen: back(seen) };
}

/** A film up to the end of its first action, which goes on for so long. */
export function lasting(film: SeenVideo, seconds: number): SeenVideo {
  const { features, seen, actions } = film;
  const { timesUs, dim } = features;
  const action = actions.toSorted((a, b) => a.startUs - b.startUs)[0]!;
  const start = timesUs.findIndex((atUs) => atUs >= action.startUs);
  const end = Math.max(start + 1, timesUs.findLastIndex((atUs) => atUs < action.endUs) + 1);
  const repeats = Math.max(1, Math.round((seconds * samplingFps) / (end - start)));
  const rows = start + repeats * (end - start);
  const rowAt = (row: number): number => (row < start ? row : start + ((row - start) % (end - start)));
  const stretched = (values: Float32Array): Float32Array =>
    Float32Array.from({ length: rows * dim }, (_, at) => values[rowAt(Math.floor(at / dim)) * dim + (at % dim)]!);
  const startUs = timesUs[0]! + start * stepUs;
  const made: FrameFeatures = {
    features: stretched(features.features),
    timesUs: Float64Array.from({ length: rows }, (_, row) => timesUs[0]! + row * stepUs),
    dim,
  };
  const table = new FrameTable(made.timesUs, timesUs[0]! + rows * stepUs);
  return {
    ...film,
    table,
    features: made,
    analysis: analyseFeatures(made, table.lastEndUs),
    seen: stretched(seen),
    actions: [{ ...action, startUs, endUs: startUs + repeats * (end - start) * stepUs }],
  };
}

function joined({ videoId, script, features: { dim } }: SeenVideo, parts: readonly Footage[], actions: ActionSpan[]) {
  const rows = parts.reduce((sum, { features }) => sum + features.length / dim, 0);
  const features = new Float32Array(rows * dim);
  const seen = new Float32Array(rows * dim);
  let offset = 0;
  for (const part of parts) {
    features.set(part.features, offset);
    seen.set(part.seen, offset);
    offset += part.features.length;
  }
  const timesUs = Float64Array.from({ length: rows }, (_, row) => row * stepUs);
  const table = new FrameTable(timesUs, rows * stepUs);
  const frames: FrameFeatures = { features, timesUs, dim };
  return {
    videoId,
    script,
    table,
    actions,
    features: frames,
    seen,
    analysis: analyseFeatures(frames, table.lastEndUs),
  };
}

/** The stretches of a film in which nothing happens. */
function idleFootage({ features: { features, timesUs, dim }, seen, actions }: SeenVideo): Footage[] {
  const found: Footage[] = [];
  const isIdle = (atUs: number): boolean =>
    !actions.some(({ startUs, endUs }) => atUs >= startUs - guardUs && atUs < endUs + guardUs);
  let start = 0;
  for (let row = 0; row <= timesUs.length; row += 1) {
    if (row < timesUs.length && isIdle(timesUs[row]!)) continue;
    if (row - start >= shortestIdle)
      found.push({ features: features.slice(start * dim, row * dim), seen: seen.slice(start * dim, row * dim) });
    start = row + 1;
  }
  return found;
}
