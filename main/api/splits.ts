import { setSplits } from '../annotation/set-splits.ts';
import { drawProjectSplits, splitPlan } from '../project/draw-project-splits.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const splitHandlers = (studio: Studio) =>
  os.splits.router({
    counts: os.splits.counts.handler(() => planNow(studio.project())),

    assign: os.splits.assign.handler(({ input, context }) => {
      const project = studio.project();
      project.edits.commit(() => {
        const videos = [...new Set(input.videoIds)].map((id) => project.video(id));
        return setSplits(videos, new Map(videos.map(({ id }) => [id, input.split])));
      }, context.editor);
    }),

    preview: os.splits.preview.handler(({ input }) => {
      const project = studio.project();
      return splitPlan(project, drawProjectSplits(project, input));
    }),

    draw: os.splits.draw.handler(({ input, context }) => {
      const project = studio.project();
      project.edits.commit(
        () => setSplits(project.database.videos.present(), drawProjectSplits(project, input)),
        context.editor,
      );
      return planNow(project);
    }),
  });

const planNow = (project: OpenProject) =>
  splitPlan(project, new Map(project.database.videos.present().map(({ id, split }) => [id, split])));
