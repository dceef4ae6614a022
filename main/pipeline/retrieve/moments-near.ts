import { movingAverage } from '../propose/curves.ts';
import { samplesOf } from '../propose/sample-grid.ts';
import { rowDot } from '../vectors/similarity.ts';
import { localMaxima, momentsAround, type SimilarityCurve } from './moments-in-video.ts';
import type { Moment } from './search-moments.ts';
import type { SearchSettings } from './search-settings.ts';
import type { StretchIndex } from './stretch-index.ts';

/** Where a video's features lie, to read some of them. */
export interface FeatureRows {
  readonly timesUs: Float64Array;
  readonly endUs: number;
  /** `[to - from, D]`. */
  read(from: number, to: number): Float32Array;
}

/** What is searched: stretches in memory, and the features that they were made of. */
export interface SearchedVideos<Id> {
  readonly index: StretchIndex;
  readonly isAsked: (name: string) => boolean;
  readonly open: (name: string) => { readonly videoId: Id; readonly rows: FeatureRows };
}

/** So many times as many stretches are asked for as moments are wanted; where those may not be enough, more. */
const hitsPerMoment = 10;
const fewestHits = 200;
const moreHits = 4;
const mostHits = 1000;
/** So many are looked at before it is asked whether they were enough; then as many again. */
const hitsInTurn = 80;
/** A peak that was not looked at may stand so many times as high above the mean of its stretch as any that was. */
const peakMargin = 1.25;
/** Samples that are read together. */
const chunk = 16;

interface Looked<Id> {
  readonly videoId: Id;
  readonly curve: SimilarityCurve;
  readonly maxima: number[];
  /** The score of the highest of them; `-Infinity` where there is none. */
  highest: number;
}

/**
 * The moments that fit a unit query `[D]` best, as `searchMoments` finds them, best first. Of the stretches that an index
 * finds, the samples are read and compared, best first, until those that are left fall short of the moments found by more
 * than any stretch's peak stood above its mean. What is usual in a video comes from its stretches.
 */
export function momentsNear<Id>(
  unitQuery: Float32Array,
  { index, isAsked, open }: SearchedVideos<Id>,
  settings: SearchSettings,
): Moment<Id>[] {
  const { top } = settings;
  const looked = new Map<string, Looked<Id>>();
  const lookAt = (name: string): Looked<Id> => {
    const known = looked.get(name);
    if (known !== undefined) return known;
    const { videoId, rows } = open(name);
    const curve = curveOf(rows, unitQuery, index.stepSOf(name), () => index.usualIn(name, unitQuery), settings);
    const opened = { videoId, curve, maxima: [], highest: -Infinity };
    looked.set(name, opened);
    return opened;
  };
  let highestAbove = 0;
  const known = new Set<string>();
  for (let count = Math.max(fewestHits, hitsPerMoment * top); ; count *= moreHits) {
    // Where more are found, some of them come before those that were known.
    const found = index.search(unitQuery, count);
    const hits = found.filter(({ name, start }) => !known.has(`${start} ${name}`));
    for (let done = 0; done < hits.length;) {
      for (const { name, start, end, score } of hits.slice(done, done + hitsInTurn)) {
        done += 1;
        known.add(`${start} ${name}`);
        if (!isAsked(name)) continue;
        const video = lookAt(name);
        const { curve } = video;
        for (const sample of localMaxima(curve, start, Math.min(end, curve.timesUs.length))) {
          video.maxima.push(sample);
          video.highest = Math.max(video.highest, curve.at(sample));
          highestAbove = Math.max(highestAbove, curve.at(sample) - score);
        }
      }
      const next = hits[done];
      const last = best()[top - 1];
      if (next !== undefined && last !== undefined && next.score + peakMargin * highestAbove < last.score)
        return best();
    }
    if (found.length >= mostHits || found.length < count) return best();
  }

  /** Of each video the moments are made out only where its highest peak is among the best. */
  function best(): Moment<Id>[] {
    let moments: Moment<Id>[] = [];
    for (const { videoId, curve, maxima, highest } of [...looked.values()].toSorted((a, b) => b.highest - a.highest)) {
      const last = moments[top - 1];
      if (maxima.length === 0 || (last !== undefined && last.score >= highest)) break;
      const own = momentsAround(maxima, curve, settings).map((moment) => ({ videoId, ...moment }));
      moments = [...moments, ...own].toSorted((a, b) => b.score - a.score).slice(0, top);
    }
    return moments;
  }
}

/** A curve whose samples are read when they are looked at, some at a time. */
function curveOf(
  { timesUs, endUs, read }: FeatureRows,
  unitQuery: Float32Array,
  stepS: number,
  usualNow: () => number,
  { smoothingS }: SearchSettings,
): SimilarityCurve {
  const count = timesUs.length;
  const half = samplesOf({ stepS }, smoothingS) >> 1;
  const wide = Float64Array.from(unitQuery);
  const chunks = new Map<number, Float64Array>();
  let usual: number | undefined;
  const chunkAt = (place: number): Float64Array => {
    const from = place * chunk;
    const to = Math.min(from + chunk, count);
    const seenFrom = Math.max(0, from - half);
    const seenTo = Math.min(count, to + half);
    const rows = read(seenFrom, seenTo);
    const raw = Float64Array.from({ length: seenTo - seenFrom }, (_, row) => rowDot(rows, row, wide));
    return movingAverage(raw, 2 * half + 1).subarray(from - seenFrom, to - seenFrom);
  };
  return {
    timesUs,
    endUs,
    stepS,
    get usual() {
      return (usual ??= usualNow());
    },
    at(sample) {
      const place = Math.floor(sample / chunk);
      const known = chunks.get(place) ?? chunkAt(place);
      chunks.set(place, known);
      return known[sample % chunk]!;
    },
  };
}
