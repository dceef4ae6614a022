import { setReviews } from '../annotation/set-reviews.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const reviewHandlers = (studio: Studio) =>
  os.reviews.router({
    list: os.reviews.list.handler(({ input }) => studio.project().database.reviews.ofVideo(input.videoId)),

    set: os.reviews.set.handler(({ input }) => {
      const project = studio.project();
      const { id } = project.video(input.videoId);
      const { reviews } = project.database;
      project.edits.commit(() => {
        const classes = [...new Set(input.classIds)].map((classId) => project.actionClass(classId));
        return setReviews(id, classes, input.state, reviews.ofVideo(id));
      });
      return reviews.ofVideo(id);
    }),
  });
