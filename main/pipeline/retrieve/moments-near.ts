import { movingAverage } from '../propose/curves.ts';
import { sampleGrid, samplesOf, type SampleGrid } from '../propose/sample-grid.ts';
import { similarities } from '../vectors/similarity.ts';
import { localMaxima, momentsAround, type SimilarityCurve } from './moments-in-video.ts';
import type { Moment } from './search-moments.ts';
import type { SearchSettings } from './search-settings.ts';
import type { StretchHit, StretchIndex } from './stretch-index.ts';

/** Where a video's features lie, to read some of them. */
export interface FeatureRows {
  readonly count: number;
  readonly timesUs: Float64Array;
  readonly endUs: number;
  /** `[to - from, D]`. */
  read(from: number, to: number): Float32Array;
}

/** So many times as many stretches are looked at as moments are wanted: neighbours become one, and codes are rounded. */
const hitsPerMoment = 10;
const fewestHits = 200;
/** Of those, so many times as many have their samples read. */
const readPerMoment = 4;
const chunk = 16;

/**
 * The moments that fit a unit query `[D]` best, as `searchMoments` finds them, best first: of the stretches that an index
 * finds, the samples themselves are read and compared; only where a video's similarities usually lie comes from stretches.
 */
export function momentsNear<Id>(
  unitQuery: Float32Array,
  index: StretchIndex,
  isAsked: (name: string) => boolean,
  open: (name: string) => { readonly videoId: Id; readonly rows: FeatureRows },
  settings: SearchSettings,
): Moment<Id>[] {
  const hits = index
    .search(unitQuery, Math.max(fewestHits, hitsPerMoment * settings.top))
    .filter(({ name }) => isAsked(name))
    .slice(0, Math.max(fewestHits, readPerMoment * settings.top));
  const found = [...Map.groupBy(hits, ({ name }) => name)].flatMap(([name, inVideo]) => {
    const { videoId, rows } = open(name);
    const curve = curveOf(rows, unitQuery, index.usualIn(name, unitQuery), settings);
    const maxima = inVideo.flatMap(({ start, end }: StretchHit) =>
      localMaxima(curve, start, Math.min(end, rows.count)),
    );
    return momentsAround(maxima, curve, rows.timesUs, settings).map((moment) => ({ videoId, ...moment }));
  });
  return found.toSorted((a, b) => b.score - a.score).slice(0, settings.top);
}

/** A curve whose samples are read when they are looked at, some at a time. */
function curveOf(
  rows: FeatureRows,
  unitQuery: Float32Array,
  usual: number,
  { smoothingS }: SearchSettings,
): SimilarityCurve {
  const grid: SampleGrid = sampleGrid(rows.timesUs, rows.endUs);
  const half = samplesOf(grid, smoothingS) >> 1;
  const chunks = new Map<number, Float64Array>();
  const chunkAt = (place: number): Float64Array => {
    const from = place * chunk;
    const to = Math.min(from + chunk, rows.count);
    const seenFrom = Math.max(0, from - half);
    const seenTo = Math.min(rows.count, to + half);
    const raw = Float64Array.from(similarities(rows.read(seenFrom, seenTo), unitQuery, unitQuery.length));
    return movingAverage(raw, 2 * half + 1).subarray(from - seenFrom, to - seenFrom);
  };
  return {
    grid,
    usual,
    at(sample) {
      const place = Math.floor(sample / chunk);
      const known = chunks.get(place) ?? chunkAt(place);
      chunks.set(place, known);
      return known[sample % chunk]!;
    },
  };
}
