import { tuningPresets } from '#main/pipeline/tune/presets.ts';
import { shotsPerClass, trainingShots } from '#main/pipeline/tune/training-shots.ts';
import { Failure } from '#preload/domain/failure.ts';
import { runWords } from '#preload/domain/training-run.ts';
import { namesThrough } from '../localising/class-set-of.ts';
import { correctedProject } from '../localising/corrected-project.ts';
import { liveBoundaries, liveVersion } from '../localising/live-version.ts';
import { tunedClassSet } from '../localising/tuned-classes.ts';
import { computingHere } from '#preload/domain/inference-server.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { withoutMerging, type Provider } from '#native-models/runtime/plan.ts';
import type { ProviderReport as RuntimeReport } from '#native-models/runtime/providers.ts';
import { notingTrials } from '../inference/provider-trial-journal.ts';
import { runTuning } from '../training/run-tuning.ts';
import type { TuningRequest } from '../training/tuning-request.ts';
import type { EngineTask, TaskContext } from './task-context.ts';
import type { EngineTasks } from '../tasks.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';

/** Learns prompts and edges from the corrections and writes them as new versions; what may go live is in the answer. */
export const tuneTask: EngineTask<'tune'> = async (input, { memory, signal, report }) => {
  const { model, classes, preset, seed, versionFile, boundaryFile } = input;
  report({ done: 0, step: say('reading the corrections') });
  const { hash, capabilities } = await memory.models.facts(model);
  if (!capabilities.takesPromptVectors || !capabilities.embedsTexts) {
    throw new Failure(
      'bad-input',
      capabilities.takesPromptVectors
        ? say('This model cannot be tuned: its tokenizer would have to be in its folder.')
        : say(
            'This model cannot be tuned: the weights of its text encoder (config.json and model.safetensors) would have to be in its folder.',
          ),
    );
  }
  const { request, names, missing, warnings } = await correctedProject(memory, input);
  const shots = trainingShots(request.corrections, request.reviewed);
  if (shotsPerClass(shots).size === 0) {
    throw new Failure(
      'nothing-to-do',
      say('There is nothing to learn from yet: accept or draw a segment in a video whose features are computed.'),
    );
  }
  const live = await liveOf(memory, input, names);
  const edges = (await liveBoundaries(memory, model, input.settings.samplingFps, input.taught.boundaryFile)).version;
  const { templates } = tuningPresets[preset];
  const outcome = await runTuning(
    {
      ...request,
      modelHash: hash,
      provider: withoutMerging(computingHere(model.provider)),
      ...notingTrials,
      preset,
      seed,
      inOwnTexts: templates === null ? null : await namesThrough(memory, model, classes, templates),
      live,
      liveBoundaries: edges && { versionFile: edges.file, seenVideoIds: edges.seen.map(({ videoId }) => videoId) },
      versionFile,
      boundaryFile,
    },
    signal,
    ({ done, figures, provider }) => {
      if (provider !== undefined) report({ done, step: learningOn(provider) });
      if (figures === undefined) return;
      const { run, step, steps, loss } = figures;
      report({
        done,
        step: say('{{run}}: step {{step}} of {{steps}}, loss {{loss}}', {
          run: runWords(run),
          step,
          steps,
          loss: { value: loss, digits: 3 },
        }),
        figures,
      });
    },
  );
  const cut = outcome.shortened.map((id) => classes.find(({ classId }) => classId === id)!.prompt);
  return {
    ...outcome,
    modelHash: hash,
    shots: [...shotsPerClass(shots)].map(([classId, count]) => ({ classId, count })),
    videoCount: new Set(shots.map(({ videoId }) => videoId)).size,
    backgroundShots: shots.filter(({ classIds }) => classIds.length === 0).length,
    warnings: [
      ...warnings,
      ...[outcome.left, outcome.boundaryObstacle, outcome.boundaries?.reason ?? null].filter(
        (reason) => reason !== null,
      ),
      ...cut.map(
        (prompt) => `The end of "${prompt}" was left out: with the prompts around it, it is too long for the model.`,
      ),
      ...missing.map((name) => `The corrections in ${name} were left out: its features are not computed.`),
    ],
  };
};

/** On what is learned, and how much faster than on the processor. */
function learningOn({ chosen, trials }: RuntimeReport): Saying {
  const msOf = (provider: Provider | null) => trials.find((trial) => trial.provider === provider)?.milliseconds ?? null;
  const [ours, processor] = [msOf(chosen), msOf('cpu')];
  if (chosen === 'cpu' || ours === null || processor === null) return say('learning on the processor');
  return say('learning on {{provider}}: {{ours}} ms a step, the processor {{processor}} ms', {
    provider: chosen!,
    ours: Math.round(ours),
    processor: Math.round(processor),
  });
}

/** The live version as something to be held against; null without one for this model. */
async function liveOf(
  memory: TaskContext['memory'],
  { model, classes, settings, taught }: EngineTasks['tune']['input'],
  names: ClassSet,
): Promise<TuningRequest['live']> {
  const { version } = await liveVersion(memory, model, settings.samplingFps, taught.versionFile);
  if (version === null) return null;
  const { classEmbeddings, logitScale } = await tunedClassSet(memory, { model, classes }, names, version);
  return {
    versionFile: version.file,
    prompts: { classFeatures: classEmbeddings, scale: logitScale },
    hasTemporal: version.temporal !== null,
    seenVideoIds: version.seen.map(({ videoId }) => videoId),
  };
}
