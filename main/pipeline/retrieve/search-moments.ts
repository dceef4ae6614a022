import type { FrameFeatures } from '../feature-store/frame-features.ts';
import { unitRows } from '../vectors/unit-rows.ts';
import type { VideoMoment } from './moments-in-video.ts';
import { momentsInVideo } from './moments-in-video.ts';
import type { SearchSettings } from './search-settings.ts';
import { defaultSearchSettings } from './search-settings.ts';

/** The stored features of one video, under whatever the caller calls the video. */
export interface SearchableVideo<Id> {
  readonly videoId: Id;
  readonly video: FrameFeatures;
  /** Where the video ends. */
  readonly endUs: number;
}

/** A place in one of many videos that fits a query. */
export interface Moment<Id> extends VideoMoment {
  readonly videoId: Id;
}

/**
 * The moments of many videos that fit a query best, best first: the embedding of a text, or the mean feature of a
 * segment for "more like this". Reads the videos one after the other, so that only one needs to be in memory.
 *
 * @param query `[D]`, of any length but 0. Fails with `bad-input` on a query that is zero or not finite.
 */
export async function searchMoments<Id>(
  query: Float32Array,
  videos: Iterable<SearchableVideo<Id>> | AsyncIterable<SearchableVideo<Id>>,
  settings: Partial<SearchSettings> = {},
): Promise<Moment<Id>[]> {
  const complete = { ...defaultSearchSettings, ...settings };
  const unitQuery = unitRows(query, query.length);
  let best: Moment<Id>[] = [];
  for await (const { videoId, video, endUs } of videos) {
    const found = momentsInVideo(unitQuery, video, endUs, complete).map((moment) => ({ videoId, ...moment }));
    best = [...best, ...found].sort((a, b) => b.score - a.score).slice(0, complete.top);
  }
  return best;
}
