import { shownFactsOf } from '#preload/domain/shown-facts.ts';
import type { Video } from '#preload/domain/video.ts';
import { noSegments } from '../database/segment-tally.ts';
import type { OpenProject } from './open-project.ts';
import { reviewedShare } from './told-counts.ts';

/** Every video of the project as the library shows it, in the order in which they were added. */
export function listVideos(project: OpenProject): Video[] {
  const { database, settings } = project;
  const tally = database.segments.counts(settings.scoreThreshold);
  const counts = tally.byVideo();
  const complete = database.reviews.completeByVideo();
  const embedded = project.embeddedVideoIds();
  return database.videos.present().map((video) => {
    const path = project.mediaOf(video);
    const replacement = path === null ? project.replacementOf(video) : null;
    return {
      id: video.id,
      name: video.name,
      location: path ?? replacement ?? video.absolutePath,
      facts: shownFactsOf(video.facts),
      missing: path === null,
      ...(replacement !== null && { replaced: true }),
      playback: video.facts.browserPlayable ? 'direct' : project.proxyOf(video) === null ? 'proxy-pending' : 'proxy',
      embedded: embedded.has(video.id),
      counts: counts.get(video.id) ?? noSegments,
      reviewedShare: reviewedShare(complete.get(video.id) ?? 0, tally.classCount),
      split: video.split,
      addedAt: video.addedAt,
    };
  });
}
