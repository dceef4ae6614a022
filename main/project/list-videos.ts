import type { Change } from '#preload/contract/changes.ts';
import { shownFactsOf } from '#preload/domain/shown-facts.ts';
import type { Video } from '#preload/domain/video.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import { noSegments, type SegmentCounts } from '../database/segment-tally.ts';
import type { OpenProject } from './open-project.ts';
import { reviewedShare } from './told-counts.ts';

/** Every video of the project as the library shows it, in the order in which they were added. */
export function listVideos(project: OpenProject): Video[] {
  const { database, settings } = project;
  const tally = database.segments.counts(settings.scoreThreshold);
  const counts = tally.byVideo();
  const complete = database.reviews.completeByVideo();
  const embedded = project.embeddedVideoIds();
  return database.videos.present().map((video) =>
    asShown(project, video, {
      embedded: embedded.has(video.id),
      counts: counts.get(video.id) ?? noSegments,
      reviewedShare: reviewedShare(complete.get(video.id) ?? 0, tally.classCount),
    }),
  );
}

/** The same of some videos; those that are not there are left out. */
export function listSomeVideos(project: OpenProject, videoIds: readonly number[]): Video[] {
  const { database, settings } = project;
  const tally = database.segments.counts(settings.scoreThreshold);
  return videoIds.flatMap((id) => {
    const video = database.videos.get(id);
    if (video === null || video.removed) return [];
    return asShown(project, video, {
      embedded: project.isAnyEmbedded(new Set([id])),
      counts: tally.ofVideo(id),
      reviewedShare: reviewedShare(database.reviews.completeOf(id), tally.classCount),
    });
  });
}

/** More videos than this are listed anew sooner than told. */
const mostToldVideos = 20;

/** A change of videos with their rows as they are now, where they are few: a list of ten thousand is four megabytes. */
export const withVideoRows = (project: OpenProject, change: Change): Change =>
  change.topic === 'videos' && change.videoIds.length > 0 && change.videoIds.length <= mostToldVideos
    ? { ...change, rows: listSomeVideos(project, change.videoIds) }
    : change;

function asShown(
  project: OpenProject,
  video: StoredVideo,
  found: { readonly embedded: boolean; readonly counts: SegmentCounts; readonly reviewedShare: number },
): Video {
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
    ...found,
    split: video.split,
    addedAt: video.addedAt,
  };
}
