import { join } from 'node:path';
import { z } from 'zod';
import { durationInWords } from '#main/pipeline/tune-scorer/duration-in-words.ts';
import { trainingShots } from '#main/pipeline/tune/training-shots.ts';
import { Failure } from '#preload/domain/failure.ts';
import { scorerPresetId } from '#preload/domain/scorer-version.ts';
import type { ScorerQuestion } from '#preload/domain/scorer-version.ts';
import { say } from '#preload/domain/saying.ts';
import type { ScorerModel } from '../engine/vocabulary.ts';
import type { OpenProject } from '../project/open-project.ts';
import { scorerChoice } from '../project/scorer-in-use.ts';
import { newVersionFile } from '../project/version-files.ts';
import { makeLive, versionFile, versionOf, versionsChanged } from '../project/versions.ts';
import type { JobRun } from './job-queue.ts';
import type { JobType } from './job-type.ts';
import type { ProjectWork } from './project-work.ts';

const scorerWork = z.object({
  preset: scorerPresetId,
  /** Null: however long it takes. */
  longestMinutes: z.number().positive().nullable(),
  /** What would take longer is a question to the person, not a failure. */
  ask: z.boolean().default(false),
});

/** Queues the tuning of the project's scorer, or answers the one that waits or runs. Fails with `bad-input` without a scorer. */
export function requestScorerTuning(work: ProjectWork, wanted: z.infer<typeof scorerWork>): number {
  const { project, queue } = work;
  scorerOf(project);
  askAboutScorer(work, null);
  const [unfinished] = queue.unfinished('tune-scorer');
  if (unfinished !== undefined) return unfinished.id;
  const [id] = queue.add([{ kind: 'tune-scorer', subject: '', videoId: null, work: scorerWork.parse(wanted) }]);
  return id!;
}

/** Leaves a question for the person at the studio, or takes it back (null). */
export function askAboutScorer(work: ProjectWork, question: ScorerQuestion | null): void {
  work.scorerQuestion = question;
  work.project.publish({ topic: 'scorer-question' });
}

/**
 * Tunes the scorer on the corrections as they are now. A version's tensors are whole before its row exists, and the
 * row decides what is live: however this ends before that, what was live stays live. Taken up again after an
 * interruption it goes on where it was.
 */
export const tuneScorerJob: JobType = {
  lane: 'learning',
  title: () => say('Tune the scorer on the corrections'),
  run: async (work, run) => {
    const { preset, ask } = scorerWork.parse(run.job.work);
    try {
      await tuneScorerNow(work, run);
    } catch (error) {
      const estimatedSeconds = estimateOf(error);
      if (!ask || estimatedSeconds === null) throw error;
      run.note(
        say('It would take about {{time}} here, and has not begun.', { time: durationInWords(estimatedSeconds) }),
      );
      askAboutScorer(work, { preset, estimatedSeconds });
    }
  },
};

/** The estimate with which a tuning that would take too long is refused; null for any other failure. */
function estimateOf(error: unknown): number | null {
  const seconds = error instanceof Failure ? error.details?.['estimatedSeconds'] : undefined;
  return typeof seconds === 'number' ? seconds : null;
}

async function tuneScorerNow({ project, engine }: ProjectWork, run: JobRun): Promise<void> {
  const { preset, longestMinutes } = scorerWork.parse(run.job.work);
  const { database, folder, settings } = project;
  const { model: scorer, name } = scorerOf(project);
  const shots = shotsOf(project);
  const videos = database.videos.present().filter(({ id }) => shots.some(({ videoId }) => videoId === id));
  const present = videos.filter((video) => project.mediaOf(video) !== null);
  for (const video of videos)
    if (!present.includes(video))
      run.note(say('The corrections in {{name}} were left out: the file is missing.', { name: video.name }));
  const ids = new Set(present.map(({ id }) => id));
  const used = shots.filter(({ videoId }) => ids.has(videoId));
  const file = newVersionFile('scorer');
  const found = await engine.run(
    'tuneScorer',
    {
      videos: present.map((video) => ({ videoId: video.id, media: project.indexedMedia(video.id) })),
      shots: used,
      classes: database.classes.present().map((one) => ({ classId: one.id, prompt: one.prompt })),
      backgroundTexts: settings.backgroundTexts,
      scorer,
      preset,
      featuresFolder: folder.features,
      workFolder: join(folder.tuned, 'scorer', 'unfinished'),
      outFile: versionFile(project, { file }),
      longestSeconds: longestMinutes === null ? Number.MAX_SAFE_INTEGER : longestMinutes * 60,
    },
    { signal: run.signal, onProgress: ({ done, step }) => run.progress(done, step) },
  );
  run.signal.throwIfAborted();
  if (found.left !== null) run.note(found.left);
  run.note(found.decision.reason);
  const { heldOut, decision, estimatedSeconds } = found;
  const { hash } = await engine.run('describeModel', { folder: scorer.folder }, { signal: run.signal });
  const id = database.transaction(() =>
    database.versions.insert({
      kind: 'scorer',
      createdAt: Date.now(),
      model: name,
      modelHash: hash,
      origin: null,
      file,
      corrections: database.corrections.count(),
      preset,
      shots: used.length,
      heldOut,
      passed: decision.live,
      reason: decision.reason,
      estimatedSeconds,
      curve: [],
    }),
  );
  versionsChanged(project);
  // A person may have chosen another scorer meanwhile: this version would mean nothing there.
  if (decision.live && project.settings.scorerModel === name) makeLive(project, versionOf(project, id));
}

function scorerOf(project: OpenProject): {
  readonly model: ScorerModel;
  readonly name: string;
} {
  const choice = scorerChoice(project);
  const name = project.settings.scorerModel;
  if (choice !== null && name !== null) return { model: choice.model, name };
  throw new Failure('bad-input', say('This project has no scorer of clips: choose an X-CLIP as its scorer first.'));
}

function shotsOf(project: OpenProject) {
  const { corrections } = project.database;
  const reviewed = corrections.reviewedVideoIds().map((videoId) => {
    const frames = project.frames(videoId);
    return { videoId, span: { startUs: frames.firstStartUs, endUs: frames.lastEndUs } };
  });
  return trainingShots(corrections.all(), reviewed);
}
