import { localMaxima, momentsAround } from './moments-in-video.ts';
import { SampledCurve, type FeatureRows } from './sampled-curve.ts';
import type { Moment } from './search-moments.ts';
import type { SearchSettings } from './search-settings.ts';
import type { StretchIndex } from './stretch-index.ts';

/** What is searched: stretches in memory, and the features that they were made of. */
export interface SearchedVideos<Id> {
  readonly index: StretchIndex;
  readonly isAsked: (name: string) => boolean;
  /** Null for one that is gone by now. */
  readonly open: (name: string) => { readonly videoId: Id; readonly rows: FeatureRows } | null;
}

/** No more stretches are looked at than these. */
const mostHits = 2000;
/** So many are looked at before it is asked whether they were enough; then as many again. */
const hitsInTurn = 160;
/** A peak that was not looked at may stand so many times as high above the mean of its stretch as any that was. */
const peakMargin = 1.25;

interface Looked<Id> {
  readonly videoId: Id;
  readonly curve: SampledCurve;
  readonly maxima: number[];
  /** The score of the highest of them; `-Infinity` where there is none. */
  highest: number;
}

/**
 * The moments that fit a unit query `[D]` best, as `searchMoments` finds them, best first. Of the stretches that an index
 * finds, the samples are read and compared, best first, until those that are left fall short of the moments found by more
 * than any stretch's peak stood above its mean. What is usual in a video comes from its stretches.
 */
export async function momentsNear<Id>(
  unitQuery: Float32Array,
  { index, isAsked, open }: SearchedVideos<Id>,
  settings: SearchSettings,
): Promise<Moment<Id>[]> {
  const { top, smoothingS } = settings;
  const query = Float64Array.from(unitQuery);
  const looked = new Map<string, Looked<Id> | null>();
  const lookAt = (name: string): Looked<Id> | null => {
    const known = looked.get(name);
    if (known !== undefined) return known;
    const found = open(name);
    if (found === null) {
      looked.set(name, null);
      return null;
    }
    const { videoId, rows } = found;
    const usual = (): number => index.usualIn(name, unitQuery);
    const curve = new SampledCurve(rows, query, { stepS: index.stepSOf(name), smoothingS, usual });
    const opened = { videoId, curve, maxima: [], highest: -Infinity };
    looked.set(name, opened);
    return opened;
  };
  let highestAbove = 0;
  let done = 0;
  for (const { name, start, end, cosine } of await index.nearest(unitQuery)) {
    if (!isAsked(name)) continue;
    if (done > 0 && done % hitsInTurn === 0) {
      const last = best()[top - 1];
      if (done >= mostHits || (last !== undefined && cosine + peakMargin * highestAbove < last.score)) break;
    }
    const video = lookAt(name);
    if (video === null) continue;
    done += 1;
    const { curve } = video;
    curve.prepare(start - 1, end + 1);
    for (const sample of localMaxima(curve, start, Math.min(end, curve.count))) {
      video.maxima.push(sample);
      video.highest = Math.max(video.highest, curve.at(sample));
      highestAbove = Math.max(highestAbove, curve.at(sample) - cosine);
    }
  }
  return best();

  /** Of each video the moments are made out only where its highest peak is among the best. */
  function best(): Moment<Id>[] {
    let moments: Moment<Id>[] = [];
    const videos = [...looked.values()].filter((video) => video !== null);
    for (const { videoId, curve, maxima, highest } of videos.toSorted((a, b) => b.highest - a.highest)) {
      const last = moments[top - 1];
      if (maxima.length === 0 || (last !== undefined && last.score >= highest)) break;
      const own = momentsAround(maxima, curve, settings).map((moment) => ({ videoId, ...moment }));
      moments = [...moments, ...own].toSorted((a, b) => b.score - a.score).slice(0, top);
    }
    return moments;
  }
}
