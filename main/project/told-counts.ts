import type { ChangedCounts } from '#preload/contract/changes.ts';
import type { ProjectDatabase } from '../database/project-database.ts';

/** What the library and the class list say of some videos and classes after an edit, as their whole lists would. */
export function toldCounts(
  database: ProjectDatabase,
  minimumScore: number,
  { videoIds, classIds }: { readonly videoIds: readonly number[]; readonly classIds: readonly number[] },
): ChangedCounts {
  const tally = database.segments.counts(minimumScore);
  return {
    videos: videoIds.map((id) => ({
      id,
      counts: tally.ofVideo(id),
      reviewedShare: reviewedShare(database.reviews.completeOf(id), tally.classCount),
    })),
    classes: classIds.map((id) => {
      const { proposed, open, accepted } = tally.ofClass(id);
      return { id, counts: { proposed, open, accepted } };
    }),
  };
}

/** Share of the classes that are marked complete in a video. */
export const reviewedShare = (complete: number, classCount: number): number =>
  classCount === 0 ? 0 : complete / classCount;
