import { Conflicts, reconcile } from '../annotation/unseen-changes.ts';
import { say } from '#preload/domain/saying.ts';
import { setReviews } from '../annotation/set-reviews.ts';
import { noSegments } from '../database/segment-tally.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const reviewHandlers = (studio: Studio) =>
  os.reviews.router({
    list: os.reviews.list.handler(({ input }) => studio.project().database.reviews.ofVideo(input.videoId)),

    progress: os.reviews.progress.handler(() => {
      const { database, settings } = studio.project();
      const counts = database.segments.counts(settings.scoreThreshold).byClass();
      const reviewed = new Map(database.reviews.byClass().map((row) => [row.classId, row]));
      const videos = database.videos.present().length;
      return database.classes.present().map(({ id }) => {
        const { complete, inProgress } = reviewed.get(id) ?? { complete: 0, inProgress: 0 };
        const { accepted, proposed, rejected } = counts.get(id) ?? noSegments;
        return {
          classId: id,
          complete,
          inProgress,
          unseen: videos - complete - inProgress,
          accepted,
          proposed,
          rejected,
        };
      });
    }),

    set: os.reviews.set.handler(({ input, context: { editor } }) => {
      const project = studio.project();
      const { id } = project.video(input.videoId);
      const { reviews } = project.database;
      project.edits.commit(() => {
        const classes = [...new Set(input.classIds)].map((classId) => project.actionClass(classId));
        const conflicts = new Conflicts(project.edits.writes, editor);
        for (const [index, classId] of input.classIds.entries()) {
          const [key, now] = [
            `review ${id} ${classId}` as const,
            { state: reviews.get(id, classId)?.state ?? 'unseen' },
          ];
          const { contested } = reconcile(
            now,
            { state: input.seen?.[index] },
            { state: input.state },
            conflicts.isOwn(key),
          );
          conflicts.add('review', key, classId, now, contested);
        }
        conflicts.refuse(say('how far this video was reviewed'));
        return setReviews([id], classes, input.state, (videoId) => reviews.ofVideo(videoId));
      }, editor);
      return reviews.ofVideo(id);
    }),

    setOfVideos: os.reviews.setOfVideos.handler(({ input, context: { editor } }) => {
      const project = studio.project();
      project.edits.commit(() => {
        const videoIds = [...new Set(input.videoIds)].map((videoId) => project.video(videoId).id);
        const classes = [...new Set(input.classIds)].map((classId) => project.actionClass(classId));
        return setReviews(videoIds, classes, input.state, (videoId) => project.database.reviews.ofVideo(videoId));
      }, editor);
    }),
  });
