import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TuningStatus } from '#preload/contract/tuning.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { CorrectionRow } from '../database/corrections-query.ts';
import type { StoredVersion } from '../database/tuned-versions-table.ts';
import type { ProjectWork } from '../jobs/project-work.ts';
import { requestRescore } from '../jobs/rescore-job.ts';
import { requestTuning, tuningObstacle } from '../jobs/tune-job.ts';
import { askAboutScorer, requestScorerTuning } from '../jobs/tune-scorer-job.ts';
import { fileNameOf } from '../project/file-names.ts';
import type { OpenProject } from '../project/open-project.ts';
import {
  describeScorerVersion,
  removeScorerVersion,
  scorerVersionFile,
  scorerVersionOf,
  scorerVersions,
} from '../project/scorer-versions.ts';
import { usableLiveVersion } from '../project/taught-choice.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const tuningHandlers = (studio: Studio) =>
  os.tuning.router({
    status: os.tuning.status.handler(() => statusOf(studio.work())),
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
      if (question === null) throw new Failure('not-found', 'Nothing is asked about tuning the scorer any more.');
      if (!input.begin) askAboutScorer(work, null);
      else requestScorerTuning(work, { preset: question.preset, longestMinutes: null, ask: false });
    }),
    scorerVersions: os.tuning.scorerVersions.handler(() => scorerVersions(studio.project().folder.tuned)),
    versionCurve: os.tuning.versionCurve.handler(({ input }) => {
      const project = studio.project();
      return project.database.tunedVersions.curve(versionOf(project, input.versionId).id);
    }),
    runningCurve: os.tuning.runningCurve.handler(({ input }) => studio.work().training.of(input.jobId)),
    renameScorer: os.tuning.renameScorer.handler(({ input: { id, name } }) => {
      const { tuned } = studio.project().folder;
      describeScorerVersion(tuned, { ...scorerVersionOf(tuned, id), name });
      studio.changes.publish({ topic: 'scorer-versions' });
    }),
    removeScorer: os.tuning.removeScorer.handler(({ input: { id } }) => {
      const { folder, settings } = studio.project();
      const { name } = scorerVersionOf(folder.tuned, id);
      if (settings.scorerVersion === id) throw inUse(name);
      removeScorerVersion(folder.tuned, id);
      studio.changes.publish({ topic: 'scorer-versions' });
    }),
    exportScorer: os.tuning.exportScorer.handler(({ input: { id, place } }) => {
      const { folder, name } = studio.project();
      const version = scorerVersionOf(folder.tuned, id);
      const target = join(studio.places.pathOf(place), `${name} - X-CLIP ${fileNameOf(version.name)}`);
      return exportVersion(scorerVersionFile(folder.tuned, id), version, target);
    }),
    setLive: os.tuning.setLive.handler(({ input }) => {
      const work = studio.work();
      const { project } = work;
      const { database } = project;
      if (input.versionId !== null) refuseForeign(project, versionOf(project, input.versionId));
      database.transaction(() => database.tunedVersions.setLive(input.versionId));
      studio.changes.publish({ topic: 'tuning' });
      requestRescore(work);
    }),
    rename: os.tuning.rename.handler(({ input }) => {
      const project = studio.project();
      const { id } = versionOf(project, input.versionId);
      project.database.transaction(() => project.database.tunedVersions.rename(id, input.name));
      studio.changes.publish({ topic: 'tuning' });
    }),
    remove: os.tuning.remove.handler(({ input }) => {
      const project = studio.project();
      const { id, live, name, file } = versionOf(project, input.versionId);
      if (live) throw inUse(name);
      project.database.transaction(() => project.database.tunedVersions.remove(id));
      rmSync(join(project.folder.tuned, file), { force: true });
      studio.changes.publish({ topic: 'tuning' });
    }),
    export: os.tuning.export.handler(({ input }) => {
      const project = studio.project();
      const { file, ...version } = versionOf(project, input.versionId);
      const curve = project.database.tunedVersions.curve(version.id);
      const target = join(studio.places.pathOf(input.place), `${project.name} - ${fileNameOf(version.name)}`);
      return exportVersion(join(project.folder.tuned, file), { ...version, curve }, target);
    }),
  });

function statusOf({ project, queue }: ProjectWork): TuningStatus {
  const { database, settings } = project;
  const corrections = database.corrections.all();
  const accepted = corrections.filter(({ decision }) => decision === 'accepted');
  const versions = database.tunedVersions.all();
  const live = usableLiveVersion(project);
  const shotsOf = Map.groupBy(accepted, ({ classId }) => classId);
  return {
    classes: database.classes.present().map(({ id }) => ({
      classId: id,
      shots: (shotsOf.get(id) ?? []).map(toShot),
    })),
    rejected: corrections.filter(({ decision }) => decision === 'rejected').map(toShot),
    reviewedVideoIds: database.corrections.reviewedVideoIds(),
    obstacle: tuningObstacle(project, corrections),
    parts: {
      corrections: corrections.length > 0,
      prompts: live?.parts.prompts ?? false,
      temporal: live?.parts.temporal ?? false,
      boundaries: live?.parts.boundaries ?? false,
    },
    versions: versions.map(({ file: _, modelHash: __, corrections: ___, ...version }) => ({
      ...version,
      usable: version.model === settings.model,
    })),
    correctionsSince: Math.max(0, corrections.length - (versions[0]?.corrections ?? 0)),
    jobId: queue.unfinished('tune')[0]?.id ?? null,
  };
}

const toShot = ({ segmentId, videoId, startUs, endUs }: CorrectionRow) => ({ segmentId, videoId, startUs, endUs });

function versionOf(project: OpenProject, versionId: number): StoredVersion {
  const version = project.database.tunedVersions.get(versionId);
  if (version === null)
    throw new Failure('not-found', `There is no tuned version ${versionId} in this project.`, { versionId });
  return version;
}

function refuseForeign({ settings }: OpenProject, { name, model }: StoredVersion): void {
  if (model === settings.model) return;
  throw new Failure(
    'bad-input',
    `"${name}" was tuned for the model "${model}": choose that model first, or tune again.`,
  );
}

const inUse = (name: string): Failure =>
  new Failure('bad-input', `"${name}" is in use: go back to another version before you remove it.`);

/** Copies tensors to `target`, with a description beside them. */
function exportVersion(tensors: string, description: object, target: string): { readonly path: string } {
  const path = `${target}.safetensors`;
  copyFileSync(tensors, path);
  writeFileSync(`${target}.json`, `${JSON.stringify(description, null, 2)}\n`);
  return { path };
}
