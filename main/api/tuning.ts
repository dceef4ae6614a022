import { firstShots, type TuningStatus } from '#preload/contract/tuning.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { CorrectionRow } from '../database/corrections-query.ts';
import type { ProjectWork } from '../jobs/project-work.ts';
import { correctionsSince, requestTuning, tuningObstacle } from '../jobs/tune-job.ts';
import { askAboutScorer, requestScorerTuning } from '../jobs/tune-scorer-job.ts';
import { examinationOf } from '../jobs/examination.ts';
import { toldVersion, usableLiveVersion } from '../project/versions.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const tuningHandlers = (studio: Studio) =>
  os.tuning.router({
    status: os.tuning.status.handler(() => statusOf(studio.work())),
    examination: os.tuning.examination.handler(({ signal }) => examinationOf(studio.work(), signal)),
    shots: os.tuning.shots.handler(({ input: { classId, limit } }) =>
      studio.project().database.corrections.some(classId, limit).map(toShot),
    ),
    start: os.tuning.start.handler(({ input }) => ({
      jobId: requestTuning(studio.work(), input.preset, input.seed),
    })),
    startScorer: os.tuning.startScorer.handler(({ input }) => ({
      jobId: requestScorerTuning(studio.work(), input),
    })),
    scorerQuestion: os.tuning.scorerQuestion.handler(() => studio.work().scorerQuestion),
    answerScorer: os.tuning.answerScorer.handler(({ input }) => {
      const work = studio.work();
      const question = work.scorerQuestion;
      if (question === null) throw new Failure('not-found', say('Nothing is asked about tuning the scorer any more.'));
      if (!input.begin) askAboutScorer(work, null);
      else requestScorerTuning(work, { preset: question.preset, longestMinutes: null, ask: false });
    }),
    runningCurve: os.tuning.runningCurve.handler(({ input }) => studio.work().training.of(input.jobId)),
  });

function statusOf({ project, queue }: ProjectWork): TuningStatus {
  const { database } = project;
  const countOf = new Map(database.corrections.counts().map(({ classId, count }) => [classId, count]));
  const firstOf = Map.groupBy(database.corrections.first(firstShots), ({ decision, classId }) =>
    decision === 'rejected' ? null : classId,
  );
  const told = (classId: number | null) => ({
    count: countOf.get(classId) ?? 0,
    shots: (firstOf.get(classId) ?? []).map(toShot),
  });
  const versions = database.versions.of('prompts');
  const live = usableLiveVersion(project, 'prompts');
  return {
    classes: database.classes.present().map(({ id }) => ({ classId: id, ...told(id) })),
    rejected: told(null),
    reviewedVideoIds: database.corrections.reviewedVideoIds(),
    obstacle: tuningObstacle(project),
    parts: {
      corrections: countOf.size > 0,
      prompts: live?.parts.prompts ?? false,
      temporal: live?.parts.temporal ?? false,
      boundaries: usableLiveVersion(project, 'boundaries') !== null,
    },
    versions: versions.map((version) => toldVersion(project, version)),
    boundaryVersions: database.versions.of('boundaries').map((version) => toldVersion(project, version)),
    lessonVersions: database.versions.of('corrections').map((version) => toldVersion(project, version)),
    correctionsSince: correctionsSince(project),
    jobId: queue.unfinished('tune')[0]?.id ?? null,
  };
}

const toShot = ({ segmentId, videoId, startUs, endUs }: CorrectionRow) => ({ segmentId, videoId, startUs, endUs });
