import { boundaryLabels } from '#main/pipeline/tune/boundary-samples.ts';
import { shotsPerClass } from '#main/pipeline/tune/training-shots.ts';
import { Failure } from '#preload/domain/failure.ts';
import { classSetOf } from '../localising/class-set-of.ts';
import { runTuning } from '../training/run-tuning.ts';
import { ownModuleAt } from '../localising/own-module.ts';
import type { EngineTask } from './task-context.ts';
import { classQuestion } from '../localising/class-question.ts';
import { taughtTask } from '../localising/tuning-task-of.ts';

/** Learns prompts from the corrections and writes them as a new version; whether it may go live is in the answer. */
export const tuneTask: EngineTask<'tune'> = async (input, { memory, signal, report }) => {
  const { model, classes, settings, taught, featuresFolder, preset, seed, versionFile } = input;
  report({ done: 0, step: 'reading the corrections' });
  const facts = await memory.models.facts(model);
  const { hash, capabilities } = facts;
  if (!capabilities.takesPromptVectors || !capabilities.embedsTexts) {
    const missing = capabilities.takesPromptVectors
      ? 'its tokenizer'
      : 'the weights of its text encoder (config.json and model.safetensors)';
    throw new Failure('bad-input', `This model cannot be tuned: ${missing} would have to be in its folder.`);
  }
  const own = ownModuleAt(facts, settings.samplingFps);
  const { classSet: zeroShot, warnings } = await classSetOf(memory, model, classes, settings);
  const { task, shots, missing } = await taughtTask(memory, { ...input, taught }, zeroShot, null);
  if (shotsPerClass(shots).size === 0) {
    throw new Failure(
      'nothing-to-do',
      'There is nothing to learn from yet: accept or draw a segment in a video whose features are computed.',
    );
  }
  const live = await classQuestion(memory, input);
  const videoIds = new Set(shots.map(({ videoId }) => videoId));
  const videos = await Promise.all(
    taught.videos
      .filter(({ videoId }) => videoIds.has(videoId))
      .map(async ({ videoId, checksum, endUs }) => ({
        videoId,
        endUs,
        key: await memory.models.featureKey(checksum, model, settings.samplingFps),
        labels: boundaryLabels(videoId, taught.corrections, taught.reviewed),
      })),
  );
  const outcome = await runTuning(
    {
      modelFolder: model.folder,
      modelHash: hash,
      temporalModule: own.hash,
      provider: model.provider === 'auto' ? 'cpu' : model.provider,
      preset,
      seed,
      classes,
      zeroShot: task.zeroShot,
      background: task.background,
      logitScale: zeroShot.logitScale,
      shots,
      featuresFolder,
      videos,
      current: {
        classFeatures: live.classSet.classEmbeddings,
        scale: live.classSet.logitScale,
        seen: live.version?.seen ?? [],
      },
      versionFile,
    },
    signal,
    ({ done, figures }) => {
      const { run, step, steps, loss } = figures;
      report({ done, step: `${run}: step ${step} of ${steps}, loss ${loss.toFixed(3)}`, figures });
    },
  );
  const cut = outcome.shortened.map((id) => classes.find(({ classId }) => classId === id)!.prompt);
  return {
    ...outcome,
    modelHash: hash,
    shots: [...shotsPerClass(shots)].map(([classId, count]) => ({ classId, count })),
    videoCount: videoIds.size,
    backgroundShots: shots.filter(({ classIds }) => classIds.length === 0).length,
    warnings: [
      ...warnings,
      ...own.warnings,
      outcome.boundaries.reason,
      ...cut.map(
        (prompt) => `The end of "${prompt}" was left out: with the prompts around it, it is too long for the model.`,
      ),
      ...missing.map((name) => `The corrections in ${name} were left out: its features are not computed.`),
    ],
  };
};
