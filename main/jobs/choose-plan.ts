import { isFailure, asFailure } from '#preload/domain/failure.ts';
import type { LocalProvider } from '#preload/domain/model.ts';
import { say } from '#preload/domain/saying.ts';
import type { ProjectSettings } from '#preload/domain/settings.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';
import { toFailure } from '../failures/to-failure.ts';
import type { TaskProgress } from '../engine/vocabulary.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { JobRun } from './job-queue.ts';
import { planQuestion } from './plan-question.ts';
import type { ProjectWork } from './project-work.ts';

/** From so many frames on, ten minutes at four a second, the fastest way saves more than its trial takes. */
const leastFrames = 2400;

/**
 * Before the first frames of a project are read: tries every way to compute its model on frames of its own videos, and
 * keeps the fastest that agrees, for this project. Nothing where the settings name what computes, where there are few
 * frames, or where some have been read: what is there is not to be computed anew.
 *
 * @param least frames from which on a trial is made.
 */
export async function choosePlan(
  { project, engine }: ProjectWork,
  settings: ProjectSettings,
  run: Pick<JobRun, 'signal' | 'note'>,
  onProgress: (progress: TaskProgress) => void,
  least = leastFrames,
): Promise<void> {
  const { model } = settings;
  if (model === null || project.isAnyEmbedded() || framesOf(project, settings) < least) return;
  const { folder, provider } = project.modelNamed(model);
  if (provider !== 'auto' || project.keptPlan(model) !== null) return;
  const options = { signal: run.signal, onProgress: ({ step }: TaskProgress) => onProgress({ done: 0, step }) };
  const tried = await engine
    .run('tryPlans', planQuestion(project, folder, { merging: false }), options)
    .catch((error: unknown) => {
      run.signal.throwIfAborted();
      // Another video that cannot be read, or a driver that took the engine down, is no reason not to read this one.
      run.note(say('It was not tried what reads this project fastest: {{fault}}', { fault: toFailure(error).said }));
      return null;
    });
  if (tried === null) return;
  const { trials, fastest, frames } = tried;
  const trialOf = (plan: string) => trials.find((trial) => trial.plan === plan)!;
  const { batch, framesPerSecond, cosine, sameClass } = trialOf(fastest);
  const ofProcessor = trialOf('cpu').framesPerSecond!;
  const found = { batch, framesPerSecond: framesPerSecond!, ofProcessor, cosine: cosine!, sameClass, frames };
  project.keepPlan(model, { ...found, plan: fastest as LocalProvider });
  run.note(
    say(
      "By trial on {{frames}} of its frames this project is read on {{plan}}: {{framesPerSecond}} a second, {{times}} times the processor's float32.",
      {
        frames,
        plan: fastest,
        framesPerSecond: { value: found.framesPerSecond, digits: 1 },
        times: { value: found.framesPerSecond / ofProcessor, digits: 1 },
      },
    ),
  );
}

/**
 * Whether what failed is that the plan of a trial can no longer be used, as where a device is gone: then it is forgotten,
 * the job says so, and trying again is by what works.
 */
export function leavePlan(
  project: OpenProject,
  { model }: ProjectSettings,
  run: Pick<JobRun, 'note'>,
  error: unknown,
): boolean {
  const plan = model === null ? null : (project.keptPlan(model)?.plan ?? null);
  if (model === null || plan === null || !isFailure(error)) return false;
  if (error.code !== 'bad-input' || asFailure(error).details['provider'] !== plan) return false;
  project.keepPlan(model, null);
  run.note(say('This project was read on {{plan}}, which cannot be used now; another way is looked for.', { plan }));
  return true;
}

/** Frames that are to be looked at in all videos. */
function framesOf(project: OpenProject, { samplingFps }: ProjectSettings): number {
  const videos = project.database.videos.present();
  const lengthUs = videos.reduce((sum, { facts }) => sum + facts.endUs - facts.firstFrameUs, 0);
  return (lengthUs / microsecondsPerSecond) * samplingFps;
}
