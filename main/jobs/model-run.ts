import { areDamaged } from '#main/pipeline/feature-store/feature-store.ts';
import { thisMachine } from '#preload/domain/editor.ts';
import { Failure } from '#preload/domain/failure.ts';
import { replaceProposals } from '../annotation/replace-proposals.ts';
import { mergesTokens, type ProviderReport } from '#preload/domain/model.ts';
import type { ProjectSettings } from '#preload/domain/settings.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { EngineTasks } from '../engine/tasks.ts';
import type { ModelChoice, TaskProgress } from '../engine/vocabulary.ts';
import type { OpenProject } from '../project/open-project.ts';
import { clipScorerOf, scorerChoice } from '../project/scorer-in-use.ts';
import { taughtChoice } from '../project/taught-choice.ts';
import { usableLiveVersion } from '../project/versions.ts';
import { choosePlan, leavePlan } from './choose-plan.ts';
import type { JobRun } from './job-queue.ts';
import { mergedWords } from './merged-words.ts';
import type { ProjectWork } from './project-work.ts';
import { promptedClasses } from './prompted-classes.ts';

/** Proposals from prompts as they were typed; a tuned version has its own name. */
const zeroShot = 'zero-shot';

type OnProgress = (progress: TaskProgress) => void;

/** The project's model. Fails with `bad-input` while none is chosen. */
export function chosenModel(
  project: OpenProject,
  settings = project.settings,
): ModelChoice & { readonly name: string } {
  const model = project.modelChoice(settings);
  if (model !== null) return model;
  throw new Failure('bad-input', say('No model is chosen for this project: choose one in the settings first.'));
}

/** The same as the engine's tasks take it. */
export function modelChoice(project: OpenProject, settings = project.settings): ModelChoice {
  const { name: _, ...model } = chosenModel(project, settings);
  return model;
}

/** Frame features of a video into the project's store; at once where they are there, else from where an earlier run stopped. */
export async function embedVideo(
  work: ProjectWork,
  videoId: number,
  run: JobRun,
  onProgress: OnProgress,
  settings = work.project.settings,
): Promise<void> {
  const { project, engine, noteProvider } = work;
  await choosePlan(work, settings, run, onProgress);
  const { samplingFps } = settings;
  const embed = async () =>
    engine.run(
      'embed',
      {
        media: project.indexedMedia(videoId),
        model: modelChoice(project, settings),
        samplingFps,
        featuresFolder: project.folder.features,
      },
      { signal: run.signal, onProgress },
    );
  const embedded = await embed().catch(async (error: unknown) => {
    if (!leavePlan(project, settings, run, error)) noteDamage(run, error);
    return embed();
  });
  run.signal.throwIfAborted();
  if (embedded.resumedFromRow > 0 && embedded.resumedFromRow < embedded.rows)
    run.note(say('Went on from frame feature {{row}}.', { row: embedded.resumedFromRow }));
  if (embedded.stopped !== null) run.note(embedded.stopped);
  if (embedded.shared > 0)
    run.note(
      say('{{count}} of {{rows}} frames hardly differed from the one before and shared its features.', {
        count: embedded.shared,
        rows: embedded.rows,
      }),
    );
  if (embedded.damagedPackets > 0) run.note(skipped(embedded.damagedPackets));
  project.setFeatureKey(videoId, settings, embedded.key);
  if (embedded.provider !== null) noteProvider(embedded.provider);
  if (embedded.provider !== null && mergesTokens(embedded.provider.chosen))
    run.note(mergedWords(project.planReport(), embedded.provider.chosen));
  project.publish({ topic: 'videos', videoIds: [videoId] });
  project.publish({ topic: 'curves', videoIds: [videoId] });
}

/**
 * Both stages of localisation from stored features; what nobody has touched is replaced. Nothing without classes. A job
 * of several steps gives the `settings` with which it began.
 */
export async function localiseVideo(
  work: ProjectWork,
  videoId: number,
  run: JobRun,
  onProgress: OnProgress,
  settings: ProjectSettings = work.project.settings,
): Promise<void> {
  const { project, engine } = work;
  if (project.database.classes.present().length === 0) return;
  const { name: model } = chosenModel(project, settings);
  const input = localisationInput(project, videoId, settings);
  const version = usableLiveVersion(project, 'prompts')?.name ?? zeroShot;
  const clipScorer = clipScorerOf(project, settings);
  const { scorer } = input;
  if (scorer) {
    const looked = await engine.run('encodeClips', { ...input, scorer }, { signal: run.signal, onProgress });
    run.signal.throwIfAborted();
    if (looked.damagedPackets > 0) run.note(skipped(looked.damagedPackets));
    if (looked.encoded > 0 && looked.provider.trials.some(isNotServed))
      run.note(say('The server has no scorer of clips on these towers: this machine looked at the clips.'));
  }
  const localise = async () => engine.run('localise', input, { signal: run.signal, onProgress });
  const found = await localise().catch(async (error: unknown) => {
    noteDamage(run, error);
    await embedVideo(work, videoId, run, onProgress, settings);
    return localise();
  });
  run.signal.throwIfAborted();
  for (const warning of found.warnings) run.note(warning);
  const { database, edits } = project;
  const replaced = () => {
    const present = new Set(database.classes.present().map((value) => value.id));
    return replaceProposals(
      videoId,
      found.segments.filter((segment) => present.has(segment.classId)),
      {
        current: database.segments.ofVideo(videoId),
        model,
        version,
        scorer: clipScorer,
        selected: work.selected(),
        firstNewId: database.nextId('segments'),
        videoName: project.video(videoId).name,
      },
    );
  };
  edits.commit(replaced, thisMachine, 'found again');
  project.publish({ topic: 'curves', videoIds: [videoId] });
}

const skipped = (count: number): Saying =>
  say('{{count}} damaged packets skipped.', { count, one: '{{count}} damaged packet skipped.' });

/** Whether a server that was to compute could not be asked for it. */
const isNotServed = ({ provider, problem }: ProviderReport['trials'][number]): boolean =>
  provider === 'remote' && problem !== null;

/** Says that stored features were damaged and come anew; any other error is thrown on. */
function noteDamage(run: JobRun, error: unknown): void {
  if (!areDamaged(error)) throw error;
  run.note(error.said);
}

/** What the engine needs to localise in one video. Fails with `bad-input` without a model, `not-found` without the file. */
export const localisationInput = (
  project: OpenProject,
  videoId: number,
  settings = project.settings,
): EngineTasks['localise']['input'] => ({
  ...lessonInput(project, settings),
  media: project.indexedMedia(videoId),
  scorer: scorerChoice(project, settings),
});

/** The same for what is learned of all of them. Fails with `bad-input` without a model. */
export function lessonInput(
  project: OpenProject,
  projectSettings = project.settings,
): EngineTasks['learnAhead']['input'] {
  const { samplingFps, templates, backgroundTexts } = projectSettings;
  return {
    model: modelChoice(project, projectSettings),
    featuresFolder: project.folder.features,
    classes: promptedClasses(project.database),
    settings: { samplingFps, templates, backgroundTexts },
    taught: taughtChoice(project),
  };
}
