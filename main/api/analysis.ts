import { chosenModel, localisationInput, modelChoice } from '../jobs/model-run.ts';
import { scorerChoice } from '../project/scorer-in-use.ts';
import { taughtChoice } from '../project/taught-choice.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

/** The pixels of a picture that came as text. */
const pictureOf = ({
  width,
  height,
  rgb,
}: {
  readonly width: number;
  readonly height: number;
  readonly rgb: string;
}) => ({
  width,
  height,
  rgb: Uint8Array.from(Buffer.from(rgb, 'base64')),
});

export const analysisHandlers = (studio: Studio) =>
  os.analysis.router({
    propose: os.analysis.propose.handler(({ input }) => {
      const { project, queue } = studio.work();
      chosenModel(project);
      const { database } = project;
      const videos = input.videoIds?.map((id) => project.video(id)) ?? database.videos.present();
      const waiting = new Map(
        [...queue.unfinished('propose'), ...queue.unfinished('embed')].map((job) => [job.videoId, job.id]),
      );
      const kind = database.classes.present().length > 0 ? 'propose' : 'embed';
      const isNew = videos.filter((video) => !waiting.has(video.id));
      const ids = queue.add(isNew.map(({ id, name }) => ({ kind, subject: name, videoId: id, work: null })));
      const added = new Map(ids.map((id, index) => [isNew[index]!.id, id]));
      return { jobIds: videos.map((video) => added.get(video.id) ?? waiting.get(video.id)!) };
    }),

    search: os.analysis.search.handler(async ({ input, signal }) => {
      const project = studio.project();
      const model = modelChoice(project);
      const embedded = project.embeddedVideoIds();
      const videos = project.database.videos
        .present()
        .filter((video) => embedded.has(video.id) && project.mediaOf(video) !== null);
      if (videos.length === 0) return { moments: [], warnings: [] };
      const { samplingFps, templates, backgroundTexts } = project.settings;
      const scorer = scorerChoice(project);
      const { top, ...question } = input;
      const found = await studio.engine.run(
        'search',
        {
          question: 'picture' in question ? { picture: pictureOf(question.picture) } : question,
          top,
          videos: videos.map(({ id, name, checksum, facts }) => ({
            videoId: id,
            name,
            checksum,
            endUs: facts.endUs,
          })),
          model,
          featuresFolder: project.folder.features,
          settings: { samplingFps, templates, backgroundTexts },
          scorer,
          ...(scorer !== null &&
            'text' in question && { frameTables: videos.map(({ id }) => project.frames(id).toArray()) }),
          versionFile: taughtChoice(project).versionFile,
        },
        signal === undefined ? {} : { signal },
      );
      return {
        moments: found.moments.map((moment) => ({ ...moment, ...project.frames(moment.videoId).snapSpan(moment) })),
        warnings: [...found.warnings],
      };
    }),

    recognise: os.analysis.recognise.handler(async ({ input, signal }) => {
      const project = studio.project();
      const found = await studio.engine.run(
        'recognise',
        { ...localisationInput(project, input.videoId), span: input.span, top: input.top },
        signal === undefined ? {} : { signal },
      );
      return { ranking: [...found.ranking], warnings: [...found.warnings] };
    }),
  });
