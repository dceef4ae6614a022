import { z } from 'zod';
import { areDamaged } from '#main/pipeline/feature-store/feature-store.ts';
import { Failure } from '#preload/domain/failure.ts';
import { measuredOn, type MeasuredOn } from '#preload/domain/quality.ts';
import { distinct } from '#preload/domain/said-lists.ts';
import { say, type FixedNumber, type Saying } from '#preload/domain/saying.ts';
import type { EngineTasks } from '../engine/tasks.ts';
import type { TaughtChoice } from '../engine/vocabulary.ts';
import type { OpenProject } from '../project/open-project.ts';
import { averagePrecisions } from '../quality/average-precisions.ts';
import { foldsOf } from '../quality/folds.ts';
import { keepMeasurement } from '../quality/kept-measurements.ts';
import type { MeasuredVideo } from '../quality/measurement.ts';
import type { JobRun } from './job-queue.ts';
import type { JobType } from './job-type.ts';
import { learningObstacle } from './learning-obstacle.ts';
import { completeVideoIds, measuredQuestion, type MeasuredQuestion } from './measured-question.ts';
import { chosenModel } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';

const measureWork = z.object({ on: measuredOn });

const titles: Readonly<Record<MeasuredOn, Saying>> = {
  reviewed: say('Measure quality on reviewed videos'),
  validation: say('Measure quality on the validation split'),
  test: say('Measure quality on the test split'),
};

const noneComplete: Readonly<Record<MeasuredOn, Saying>> = {
  reviewed: say('No video is reviewed as complete yet: mark all that happens in one, then say that all of it is done.'),
  validation: say('No video of the validation split is reviewed as complete yet.'),
  test: say('No video of the test split is reviewed as complete yet.'),
};

/** Why quality cannot be measured now; null where it can. */
export function measuringObstacle(
  project: OpenProject,
  on: MeasuredOn,
  complete: readonly number[] = completeVideoIds(project, on),
): Saying | null {
  const obstacle = learningObstacle(project);
  if (obstacle !== null) return obstacle;
  if (complete.length === 0) return noneComplete[on];
  if (!project.isAnyEmbedded(new Set(complete)))
    return say('The features of these videos are not computed yet: propose segments first.');
  return null;
}

/** Queues a measurement, or answers the one that waits or runs. Fails with `nothing-to-do` while there is an obstacle. */
export function requestMeasurement({ project, queue }: ProjectWork, on: MeasuredOn): number {
  const obstacle = measuringObstacle(project, on);
  if (obstacle !== null) throw new Failure('nothing-to-do', obstacle);
  const waiting = waitingMeasurement(queue, on);
  if (waiting !== null) return waiting;
  const [id] = queue.add([{ kind: 'measure', subject: on, videoId: null, work: { on } }]);
  project.publish({ topic: 'quality' });
  return id!;
}

/** The measurement that waits or runs; null for none. */
export const waitingMeasurement = (queue: ProjectWork['queue'], on: MeasuredOn): number | null =>
  queue.unfinished('measure').find(({ work }) => measureWork.parse(work).on === on)?.id ?? null;

/**
 * Measures how good proposals are on complete videos that they were not learned from. Reviewed videos are held back in
 * turn, as if nobody had looked at them, and proposed in by what all others teach (cross-fitting).
 */
export const measureJob: JobType = {
  lane: 'learning',
  title: (on) => titles[measuredOn.parse(on)],
  run: async (work, run) => {
    try {
      await measure(work, run);
    } finally {
      // Whoever shows that it is on must hear of its end, however it ended.
      work.project.publish({ topic: 'quality' });
    }
  },
};

async function measure(work: ProjectWork, run: JobRun): Promise<void> {
  const { project } = work;
  const { on } = measureWork.parse(run.job.work);
  const { name: model, ...choice } = chosenModel(project);
  const editId = project.database.edits.lastId();
  const question = measuredQuestion(project, on);
  const [there, missing] = byFeatures(project, question);
  if (there.length === 0)
    throw new Failure('nothing-to-do', measuringObstacle(project, on) ?? say('No video has its features.'));
  const { samplingFps, templates, backgroundTexts, scenes } = project.settings;
  const ids = there.map(({ videoId }) => videoId);
  const byId = new Map(there.map((one) => [one.videoId, one]));
  const isMeasured = new Set(question.measuredClassIds);
  const folds = on === 'reviewed' ? foldsOf(ids, scenes) : [ids];
  const notes: Saying[] = [
    ...question.notes,
    ...missing.map((name) => say('{{name}} is left out: its features are not computed.', { name })),
  ];
  const warnings: Saying[] = [];
  const videos: MeasuredVideo[] = [];
  for (const held of folds) {
    const taught = withoutVideos(question.taught, new Set(held));
    for (const videoId of held) {
      const { name, checksum, occurrences } = byId.get(videoId)!;
      run.progress((0.95 * videos.length) / ids.length, say('proposing in {{name}} as if it were new', { name }));
      const input: EngineTasks['localise']['input'] = {
        media:
          question.scorer === null
            ? { path: name, checksum, frames: project.frames(videoId).toArray() }
            : project.indexedMedia(videoId),
        model: choice,
        featuresFolder: project.folder.features,
        classes: question.classes,
        settings: { samplingFps, templates, backgroundTexts },
        scorer: withoutClips(question.scorer, new Set(held)),
        taught,
      };
      const found = await proposedBlindly(work, input, run);
      if (found === null) {
        notes.push(say('{{name}} is left out: its features are damaged; propose segments in it again.', { name }));
        continue;
      }
      warnings.push(...found.warnings);
      videos.push({
        videoId,
        occurrences,
        proposals: found.segments
          .filter(({ classId }) => isMeasured.has(classId))
          .map(({ classId, startUs, endUs, score }) => ({ classId, startUs, endUs, score })),
      });
    }
  }
  if (videos.length === 0) throw new Failure('nothing-to-do', notes.at(-1)!);
  videos.sort((a, b) => a.videoId - b.videoId);
  run.progress(0.95, say('counting'));
  const precision = await averagePrecisions(videos, question.measuredClassIds, run.signal);
  run.signal.throwIfAborted();
  const told = [...notes, ...distinct(warnings)];
  told.forEach(run.note);
  const { measuredClassIds: classIds, digest } = question;
  const measuredAt = Date.now();
  await keepMeasurement(project, {
    on,
    measuredAt,
    question: digest,
    editId,
    model,
    notes: told,
    classIds,
    videos,
    precision,
  });
  const { value, low, high } = precision.averageMap;
  const count = videos.length;
  const map = percent(value);
  run.note(
    low === null || high === null
      ? say('mAP {{map}} % on {{count}} videos.', { map, count, one: 'mAP {{map}} % on {{count}} video.' })
      : say('mAP {{map}} % ({{low}} to {{high}} %) on {{count}} videos.', {
          map,
          low: percent(low),
          high: percent(high),
          count,
          one: 'mAP {{map}} % ({{low}} to {{high}} %) on {{count}} video.',
        }),
  );
}

const percent = (share: number): FixedNumber => ({ value: 100 * share, digits: 1 });

/** Complete videos whose features are stored, and the names of the others. */
function byFeatures(project: OpenProject, { videos }: MeasuredQuestion): [MeasuredQuestion['videos'], string[]] {
  const embedded = project.embeddedVideoIds();
  const missing = videos.filter(({ videoId }) => !embedded.has(videoId));
  return [videos.filter(({ videoId }) => embedded.has(videoId)), missing.map(({ name }) => name)];
}

/** As if nobody had looked at some videos: they stay, unlabelled, as they are when they are new. */
const withoutVideos = (taught: TaughtChoice, held: ReadonlySet<number>): TaughtChoice => ({
  ...taught,
  corrections: taught.corrections.filter(({ videoId }) => !held.has(videoId)),
  reviewed: taught.reviewed.filter(({ videoId }) => !held.has(videoId)),
});

/** The same of what weighs a scorer of clips. */
const withoutClips = (scorer: MeasuredQuestion['scorer'], held: ReadonlySet<number>): MeasuredQuestion['scorer'] =>
  scorer?.corrected === undefined
    ? scorer
    : { ...scorer, corrected: scorer.corrected.filter(({ videoId }) => !held.has(videoId)) };

/** What would be proposed in a video; null where its features are damaged. */
async function proposedBlindly(
  { engine }: ProjectWork,
  input: EngineTasks['localise']['input'],
  { signal }: JobRun,
): Promise<EngineTasks['localise']['output'] | null> {
  try {
    const { scorer } = input;
    if (scorer) await engine.run('encodeClips', { ...input, scorer }, { signal });
    signal.throwIfAborted();
    return await engine.run('localise', input, { signal });
  } catch (error) {
    if (areDamaged(error)) return null;
    throw error;
  }
}
