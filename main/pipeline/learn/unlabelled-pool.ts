import { learningConstants } from '../propose/localisation-constants.ts';

const { most: mostSpans } = learningConstants.unlabelled;

/**
 * Which videos' proposals a project's classes inherit from: a spread of them, the same for the same videos, until there
 * are enough spans. It changes only each time that a project has grown by a fifth, so that what was described in terms of
 * it is not described anew for every video that is added.
 *
 * @param videos their spans by `count`, in the order in which they were added.
 */
export function unlabelledPool<Video extends { readonly videoId: number }>(
  videos: readonly Video[],
  countOf: (video: Video) => number,
): Video[] {
  const settled = videos.slice(0, settledCount(videos.length));
  const spread = settled.toSorted((a, b) => scatter(a.videoId) - scatter(b.videoId) || a.videoId - b.videoId);
  const chosen: Video[] = [];
  let spans = 0;
  for (const video of spread) {
    if (spans >= mostSpans) break;
    chosen.push(video);
    spans += countOf(video);
  }
  return chosen.toSorted((a, b) => a.videoId - b.videoId);
}

/** The largest not above `count` in a row of numbers that grows by a fifth each time. */
function settledCount(count: number): number {
  let settled = 1;
  while (Math.ceil(settled * 1.2) <= count) settled = Math.ceil(settled * 1.2);
  return settled;
}

/** Knuth's multiplicative hash. */
const scatter = (id: number): number => Math.imul(id, 2654435761) >>> 0;
