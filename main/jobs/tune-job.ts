import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { tuningPresetId } from '#preload/domain/tuning.ts';
import type { TuningPoint, TuningPresetId } from '#preload/domain/tuning.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { OpenProject } from '../project/open-project.ts';
import { taughtChoice } from '../project/taught-choice.ts';
import { newVersionFile } from '../project/version-files.ts';
import { versionFile, versionsChanged } from '../project/versions.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import type { JobRun } from './job-queue.ts';
import type { JobType } from './job-type.ts';
import { learningObstacle } from './learning-obstacle.ts';
import { chosenModel } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';
import { requestRescore } from './rescore-job.ts';
import { promptedClasses } from './prompted-classes.ts';

const tuneWork = z.object({ preset: tuningPresetId, seed: z.int() });

/** Points of a curve that are kept: as many as a chart shows. */
const mostPoints = 400;

/** Why nothing can be learned now; null where it can. */
export function tuningObstacle(project: OpenProject): Saying | null {
  const obstacle = learningObstacle(project);
  if (obstacle !== null) return obstacle;
  const accepted = project.database.corrections.acceptedVideoIds();
  if (accepted.size === 0) return say('There is nothing to learn from yet: accept or draw a segment first.');
  if (!project.isAnyEmbedded(accepted)) {
    return say('The features of the corrected videos are not computed yet: propose segments first.');
  }
  return null;
}

/** Corrections made since the newest version that was learned here from those there were. */
export function correctionsSince({ database }: OpenProject): number {
  const newest = database.versions.of('prompts').find(({ origin }) => origin === null);
  return Math.max(0, database.corrections.count() - (newest?.corrections ?? 0));
}

/** Queues a tuning, or answers the one that waits or runs already. Fails with `nothing-to-do` while there is an obstacle. */
export function requestTuning({ project, queue }: ProjectWork, preset: TuningPresetId, seed: number): number {
  const obstacle = tuningObstacle(project);
  if (obstacle !== null) throw new Failure('nothing-to-do', obstacle);
  const [unfinished] = queue.unfinished('tune');
  if (unfinished !== undefined) return unfinished.id;
  const [id] = queue.add([{ kind: 'tune', subject: '', videoId: null, work: { preset, seed } }]);
  project.publish({ topic: 'tuning' });
  return id!;
}

/**
 * Learns from the corrections as they are now. The version's file is whole before its row exists, and the row decides
 * what is live: however this ends before that, what was live stays live.
 */
export const tuneJob: JobType = {
  lane: 'learning',
  title: () => say('Learn from the corrections'),
  run: async (work, run) => {
    try {
      await tuneNow(work, run);
    } finally {
      // Whoever shows that a tuning is on must hear of its end, however it ended.
      work.project.publish({ topic: 'tuning' });
    }
  },
};

async function tuneNow(work: ProjectWork, run: JobRun): Promise<void> {
  const { project, engine, training } = work;
  const { preset, seed } = tuneWork.parse(run.job.work);
  const { name: model, ...choice } = chosenModel(project);
  const taught = taughtChoice(project);
  if (taught.corrections.length === 0)
    throw new Failure('nothing-to-do', say('There is nothing to learn from yet: accept or draw a segment first.'));
  removeOrphans(project);
  const [file, edgesFile] = [newVersionFile('prompts'), newVersionFile('boundaries')];
  const { samplingFps, templates, backgroundTexts } = project.settings;
  const classes = promptedClasses(project.database);
  training.begin(run.job.id);
  const found = await engine.run(
    'tune',
    {
      model: choice,
      featuresFolder: project.folder.features,
      classes,
      settings: { samplingFps, templates, backgroundTexts },
      taught,
      preset,
      seed,
      versionFile: versionFile(project, { file }),
      boundaryFile: versionFile(project, { file: edgesFile }),
    },
    {
      signal: run.signal,
      onProgress: ({ done, step, figures }) => {
        run.progress(done, step);
        if (figures === undefined) return;
        const point = { run: figures.run, step: figures.step, loss: figures.loss };
        const index = training.add(point);
        project.publish({ topic: 'training', jobId: run.job.id, index, point });
      },
    },
  );
  run.signal.throwIfAborted();
  const { isSameModel, notes } = changedMeanwhile(project, model, classes);
  for (const word of [...found.warnings, ...notes]) run.note(word);
  const { prompts, boundaries, judgement } = found;
  run.note(prompts.reason);
  const { database } = project;
  const about = {
    origin: null,
    createdAt: Date.now(),
    model,
    modelHash: found.modelHash,
    seed,
    corrections: taught.corrections.length,
    videoCount: found.videoCount,
    curve: thinned(training.of(run.job.id).points),
  };
  // Each goes live by itself, whatever becomes of the other.
  database.transaction(() => {
    const id = database.versions.insert({
      ...about,
      kind: 'prompts',
      preset,
      file,
      shots: [...found.shots],
      backgroundShots: found.backgroundShots,
      passed: prompts.passed,
      reason: prompts.reason,
      parts: { prompts: prompts.use.prompts !== 'none', temporal: prompts.use.temporal },
      judgement: {
        prompts: judgement.prompts,
        namesWithoutShots: judgement.namesWithoutShots,
        temporal: judgement.temporal,
        besideLive: judgement.besideLive,
      },
    });
    if (prompts.passed && isSameModel) database.versions.setLive('prompts', id);
    if (boundaries === null) return;
    const edges = database.versions.insert({
      ...about,
      kind: 'boundaries',
      file: edgesFile,
      segments: taught.corrections.filter(({ decision }) => decision === 'accepted').length,
      passed: boundaries.passed,
      reason: boundaries.reason,
      judgement: judgement.boundaries,
    });
    if (boundaries.passed && isSameModel) database.versions.setLive('boundaries', edges);
  });
  versionsChanged(project);
  if (isSameModel && (prompts.passed || boundaries?.passed === true)) requestRescore(work);
}

/** Files that a tuning left when power failed between the file and its row. */
function removeOrphans(project: OpenProject): void {
  const known = new Set(project.database.versions.all().map(({ file }) => file));
  for (const name of readdirSync(project.folder.tuned)) {
    if (name.endsWith('.safetensors') && !known.has(name)) rmSync(join(project.folder.tuned, name), { force: true });
  }
}

function thinned(curve: readonly TuningPoint[]): TuningPoint[] {
  const every = Math.ceil(curve.length / mostPoints);
  return curve.filter((_, index) => index % every === 0 || index === curve.length - 1);
}
