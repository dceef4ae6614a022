import { statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { sizeSaid } from '#preload/domain/size-words.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { annotationSetOf } from '../transfer/annotation-set-of.ts';
import { targetOf, type ExportOutlets, type ExportRequest } from '../transfer/export-annotations.ts';
import { aspectsOfExport, type ExportedAspects } from '../transfer/leaves-out.ts';
import type { Format, MediaSizes } from '../transfer/format.ts';
import { ExportDraft } from '../transfer/media/export-draft.ts';
import { timesPathOf } from '../transfer/media/made-tables.ts';
import { madePiece, type MadePiece, type MediaPlan, type Piece } from '../transfer/media/media-plan.ts';
import { provenanceOf } from '../transfer/provenance.ts';
import type { JobRun } from './job-queue.ts';
import type { JobType } from './job-type.ts';
import { embedVideo, modelChoice } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';

const exportWork = z.object({ target: z.string(), token: z.string() });

/** Sizes by which an export of files is estimated. */
export const mediaSizes = ({ project }: Pick<ProjectWork, 'project'>, featureDim: number): MediaSizes => ({
  fileBytes: (videoId) => project.video(videoId).sizeBytes,
  featureDim,
});

/**
 * Queues the making of files of the videos themselves. Fails before anything is made: with `nothing-to-do` where nothing
 * matches, `not-found` for a video whose file is missing, `disk-full` where there is clearly no room, `already-there` for
 * what is not to be replaced or is being made.
 */
export async function requestExport(
  work: ProjectWork,
  format: Format & { readonly media: NonNullable<Format['media']> },
  request: ExportRequest,
  outlets: Pick<ExportOutlets, 'places'>,
  featureDim: number,
): Promise<{ jobId: number; path: string; segmentCount: number; warnings: Saying[] } & ExportedAspects> {
  const { project, queue } = work;
  const target = await targetOf(project, format, request, outlets);
  if (target === null)
    throw new Failure(
      'bad-input',
      say('{{name}} is a folder of files: save it to a folder.', { name: format.name }),
      {},
    );
  const set = annotationSetOf(project, request.options);
  const { plan, warnings } = format.media.plan(set);
  if (plan.pieces.length === 0)
    throw new Failure('nothing-to-do', say('Nothing in the project matches this choice.'), {});
  for (const videoId of new Set(plan.pieces.map((piece) => piece.videoId))) project.indexedMedia(videoId);
  const bytes = format.media.estimate(set, mediaSizes(work, featureDim));
  const room = await statfs(dirname(target)).catch(() => null);
  if (room !== null && bytes > room.bavail * room.bsize)
    throw new Failure(
      'disk-full',
      say(
        'The export will take about {{size}}, and {{folder}} has {{room}} left: choose another place, fewer segments or a smaller size.',
        { size: sizeSaid(bytes), folder: dirname(target), room: sizeSaid(room.bavail * room.bsize) },
      ),
      { path: target },
    );
  if (queue.unfinished('export').some((job) => exportWork.safeParse(job.work).data?.target === target))
    throw new Failure(
      'already-there',
      say('Another export is being written to {{target}}: wait for it, or choose another name.', { target }),
      {
        path: target,
      },
    );
  const provenance = provenanceOf(set, format, project.settings, [], new Date());
  const token = await ExportDraft.begin(target, plan, provenance);
  const [jobId] = queue.add([
    { kind: 'export', subject: basename(target), videoId: null, work: exportWork.parse({ target, token }) },
  ]);
  return {
    jobId: jobId!,
    path: target,
    segmentCount: set.segments.length,
    ...aspectsOfExport(format, set),
    warnings: [...warnings],
  };
}

/** Clips, pictures or features, piece by piece; an interrupted one goes on with the first piece that is not there. */
export const exportJob: JobType = {
  lane: 'exports',
  title: (name) => say('Export {{name}}', { name }),
  run: async (work, run) => {
    const { target, token } = exportWork.parse(run.job.work);
    const draft = await ExportDraft.open(target, token);
    const { pieces } = draft.plan;
    const weightOf = ({ startUs, endUs }: Piece): number => endUs - startUs;
    const total = pieces.reduce((sum, piece) => sum + weightOf(piece), 0);
    const left = draft.left();
    let done = total - left.reduce((sum, piece) => sum + weightOf(piece), 0);
    try {
      for (const [index, piece] of left.entries()) {
        const step = say('{{at}} of {{pieces}}: {{path}}', {
          at: pieces.length - left.length + index + 1,
          pieces: pieces.length,
          path: piece.path,
        });
        const made = await makePiece(work, run, draft, piece, (share) =>
          run.progress((done + share * weightOf(piece)) / total, step),
        );
        run.signal.throwIfAborted();
        await draft.keep(madePiece.parse({ path: piece.path, ...made }));
        done += weightOf(piece);
      }
    } catch (error) {
      run.note(keptNote(draft.folder));
      throw error;
    }
    const gone = await draft.finish();
    for (const note of notesOn(draft)) run.note(note);
    if (gone > 0)
      run.note(
        say('{{count}} files of the earlier export in this folder went.', {
          count: gone,
          one: '{{count}} file of the earlier export in this folder went.',
        }),
      );
  },
};

const keptNote = (folder: string): Saying =>
  say(
    'What was made so far is kept in {{folder}}: Retry, or the same export again, goes on with it. If you do not want it, delete that folder.',
    { folder },
  );

async function makePiece(
  work: ProjectWork,
  run: JobRun,
  draft: ExportDraft,
  piece: Piece,
  onShare: (share: number) => void,
): Promise<Omit<z.input<typeof madePiece>, 'path'>> {
  const { project, engine } = work;
  const { plan } = draft;
  const control = { signal: run.signal, onProgress: (progress: { readonly done: number }) => onShare(progress.done) };
  const place = await draft.placeOf(piece.path);
  if (plan.kind === 'features') return packed(work, run, draft, piece, place, onShare);
  const media = project.indexedMedia(piece.videoId);
  const { width, height } = project.video(piece.videoId).facts;
  const { shortSide, mayCopy, pictures } = plan;
  const size = shortSide === null ? {} : width >= height ? { maxHeight: shortSide } : { maxWidth: shortSide };
  const span = { startFrame: piece.startFrame, endFrame: piece.endFrame };
  return plan.kind === 'clips'
    ? engine.run('cutClip', { media, span, outPath: place, mayCopy, size }, control)
    : engine.run('writePictures', { media, span, folder: place, kind: pictures, size }, control);
}

/** Features that are not there are computed first. */
async function packed(
  work: ProjectWork,
  run: JobRun,
  draft: ExportDraft,
  piece: Piece,
  outPath: string,
  onShare: (share: number) => void,
): Promise<Pick<MadePiece, 'bytes' | 'sha256'> & { shape: [number, number] }> {
  const { project, engine } = work;
  const { model: modelName, samplingFps, numbers, packing, classes }: MediaPlan = draft.plan;
  const settings = { ...project.settings, model: modelName, samplingFps };
  await embedVideo(work, piece.videoId, run, ({ done }) => onShare(done), settings);
  const model = modelChoice(project, settings);
  const { shape, ...file } = await engine.run(
    'packFeatures',
    {
      checksum: project.video(piece.videoId).checksum,
      model,
      samplingFps,
      featuresFolder: project.folder.features,
      numbers,
      outPath,
      with:
        packing === 'npy'
          ? { timesFile: await draft.placeOf(timesPathOf(piece.path)), spans: null }
          : { timesFile: null, spans: { segments: piece.segments, classes } },
    },
    { signal: run.signal },
  );
  return { ...file, shape: [...shape] };
}

function notesOn({ plan, made }: ExportDraft): Saying[] {
  const lost = made.reduce((sum, { lostFrames }) => sum + lostFrames, 0);
  const notes =
    lost === 0
      ? []
      : [
          say('{{count}} frames are lost to damage; the picture before them stands there instead.', {
            count: lost,
            one: '{{count}} frame is lost to damage; the picture before it stands there instead.',
          }),
        ];
  if (plan.kind !== 'clips') return notes;
  const copied = made.filter(({ how }) => how === 'copied').length;
  const counts = { copied, encoded: made.length - copied };
  const reasons = Map.groupBy(
    made.filter(({ why }) => why !== null),
    ({ why }) => why!,
  );
  const why = [...reasons].map(([reason, all]) => say('{{clips}} since {{reason}}', { clips: all.length, reason }));
  return [
    why.length === 0
      ? say('Clips copied as stored: {{copied}}, encoded: {{encoded}}.', counts)
      : say('Clips copied as stored: {{copied}}, encoded: {{encoded}} ({{why}}).', { ...counts, why }),
    ...notes,
  ];
}
