import { setImmediate } from 'node:timers/promises';
import type { CallControl } from '#main/call-port/answer-calls.ts';
import { answerThread } from '#main/call-port/thread.ts';
import { examine } from '#main/pipeline/judge/examine.ts';
import { noParts, type LiveParts } from '#main/pipeline/judge/trained-parts.ts';
import { isAllFound } from '#main/pipeline/judge/all-found.ts';
import type { HeldOut } from '#main/pipeline/judge/judged-project.ts';
import { allFoundSentence, boundarySentence, promptSentence } from '#main/pipeline/judge/part-words.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { boundaryLabels } from '#main/pipeline/tune/boundary-samples.ts';
import { readBoundaryVersion, writeBoundaryVersion } from '#main/pipeline/tune/boundary-version-file.ts';
import { tuningPresets } from '#main/pipeline/tune/presets.ts';
import {
  boundaryObstacle,
  trainBoundaryHeads,
  type TrainedBoundaryHeads,
} from '#main/pipeline/tune/train-boundary-head.ts';
import { prefixLength } from '#main/pipeline/tune/train-prompts.ts';
import { shotsPerClass } from '#main/pipeline/tune/training-shots.ts';
import { boundariesBy, isOnePart, temporalOf, tune } from '#main/pipeline/tune/tune.ts';
import { readTunedVersion, writeTunedVersion } from '#main/pipeline/tune/tuned-version-file.ts';
import { classesPerChunk, textMarks } from '#main/pipeline/tune/tuning-learners.ts';
import { readDualEncoder, type DualEncoder } from '#native-models/open-model.ts';
import { findLearningProvider } from '#native-models/prompt-learning/learning-provider.ts';
import { fastestForm } from '#native-models/prompt-learning/shared-prefix-text.ts';
import type { Provider } from '#native-models/runtime/plan.ts';
import { noTokenizer } from '#native-models/text/tokenizer.ts';
import type { TuningOutcome } from '../vocabulary.ts';
import { leavingDevice } from './leaving-device.ts';
import { readProject, type ReadProject } from './read-project.ts';
import type { TuningCalls, TuningProgress, TuningRequest } from './tuning-request.ts';

/** A request for which it was found out what to learn on. */
type Resolved = TuningRequest & { readonly provider: Provider };

/** Share of the work that the boundary head is; prompts are the rest. */
const edgeShare = 0.2;

/**
 * Entry of the thread that learns once and ends. A thread of its own, so that texts are embedded and proposals scored
 * meanwhile. Its only trace is the finished files.
 */
answerThread<TuningCalls, TuningProgress>({
  tune: async (request, control) => ({ output: await tuneAsAsked(request, control) }),
  examine: async (request, { signal, report }) => {
    const { project } = await readProject(request);
    const output = await examine(project, async (done) => {
      report({ done });
      // A word to stop is heard between two steps.
      await setImmediate();
      signal.throwIfAborted();
    });
    return { output };
  },
});

async function tuneAsAsked(asked: TuningRequest, control: CallControl<TuningProgress>): Promise<TuningOutcome> {
  const encoder = readDualEncoder(asked.modelFolder);
  const provider = await learningProvider(asked, encoder, control);
  return leavingDevice(provider, (by) => tuneBy({ ...asked, provider: by }, encoder, control));
}

async function tuneBy(
  request: Resolved,
  encoder: DualEncoder,
  control: CallControl<TuningProgress>,
): Promise<Omit<TuningOutcome, 'left'>> {
  const { signal, report } = control;
  const { tokenizer } = encoder;
  if (tokenizer === null) throw noTokenizer(request.modelFolder);
  const preset = tuningPresets[request.preset];
  const read = await readProject(request);
  const { project, features } = read;
  const allFound = isAllFound(project);
  const videoFolds = allFound ? [] : project.videoFolds();
  const edges = await learnEdges(request, read, videoFolds, control);
  const names = request.classes.map(({ classId, prompt }) => ({
    classId,
    tokens: tokenizer.words(prompt),
  }));
  const task = {
    dim: encoder.dim,
    classIds: project.input.classIds,
    zeroShot: request.inOwnTexts ?? request.zeroShot,
    background: request.background,
    videos: features,
  };
  const { provider, seed } = request;
  const { runs, scale, judgement, shortened } = await tune(encoder, task, names, project, preset, {
    seed,
    provider,
    signal,
    videoFolds,
    heads: edges.heads,
    live: liveParts(request),
    liveBoundaries: liveEdges(request, project.input.names),
    onProgress: ({ done, ...figures }) =>
      report({ done: edgeShare + done * (1 - edgeShare), figures: { ...figures, steps: preset.steps } }),
  });
  const { temporal } = runs[0]!;
  const passed = judgement.use.prompts !== 'none' || judgement.use.temporal;
  // Used all the same, a version is used as its recipe means it.
  const use = passed
    ? { prompts: judgement.use.prompts, temporal: judgement.use.temporal }
    : { prompts: 'with shots' as const, temporal: temporal !== null };
  const taught = shotsPerClass(project.shots);
  writeTunedVersion(
    request.versionFile,
    {
      modelHash: request.modelHash,
      temporalModule: request.temporalModule,
      preset: preset.id,
      fromZeroShot: preset.fromZeroShot,
      templates: [...(preset.templates ?? [])],
      scale,
      prompt: { prefix: prefixLength(encoder, preset), suffix: preset.suffix },
      temporal,
      runs: runs.length,
      seen: project.shots.map(({ videoId, startUs, endUs }) => ({ videoId, startUs, endUs })),
      use,
      taughtNames: request.classes.flatMap(({ classId, prompt }) => (taught.has(classId) ? [prompt] : [])),
      learned: runs,
    },
    encoder.texts.width,
  );
  if (edges.heads !== null) {
    const seen = project.truths.map(({ videoId }) => videoId);
    const hasOwnHead = project.input.videos.some(({ analysis }) => analysis.boundaries !== null);
    const { modelHash, temporalModule } = request;
    const about = { modelHash, besideHeadOf: hasOwnHead ? temporalModule : null };
    writeBoundaryVersion(request.boundaryFile, about, edges.heads.all, seen);
  }
  const videos = project.truths.length;
  const words = allFound
    ? { prompts: allFoundSentence('Prompts', videos), boundaries: allFoundSentence('Learned edges', videos) }
    : { prompts: promptSentence(judgement, isOnePart(preset)), boundaries: boundarySentence(judgement) };
  return {
    judgement,
    prompts: { passed, reason: words.prompts, use, temporal: temporal !== null },
    boundaries: edges.heads === null ? null : { passed: judgement.use.boundaries, reason: words.boundaries },
    boundaryObstacle: edges.obstacle,
    shortened,
  };
}

/** What to learn on: as the settings say, or by trial. */
async function learningProvider(
  { provider, trialJournal, preset, classes, zeroShot, background }: TuningRequest,
  encoder: DualEncoder,
  { report }: CallControl<TuningProgress>,
): Promise<Provider> {
  if (provider !== 'auto') return provider;
  const { suffix, anchorWeight } = tuningPresets[preset];
  const tokens = classes.map(({ prompt }) => encoder.tokenizer!.words(prompt));
  const found = await findLearningProvider(
    encoder,
    { names: tokens, ...textMarks(encoder), anchors: zeroShot, background },
    {
      prompt: { prefix: prefixLength(encoder, tuningPresets[preset]), suffix },
      scale: encoder.logitScale,
      anchorWeight,
      classesPerChunk,
      form: fastestForm(encoder.texts),
    },
    trialJournal === undefined ? {} : { trialJournal },
  );
  report({ done: 0, provider: found });
  return found.chosen!;
}

/** Boundary heads to be judged with the prompts; none, with the reason, while there is too little to learn from. */
async function learnEdges(
  { corrections, reviewed, seed, provider }: Resolved,
  { project }: ReadProject,
  videoFolds: readonly HeldOut[],
  { signal, report }: CallControl<TuningProgress>,
): Promise<{ readonly heads: TrainedBoundaryHeads | null; readonly obstacle: string | null }> {
  const { videos, names } = project.input;
  const labelled = videos.map(({ videoId, analysis }) => ({
    videoId,
    analysis,
    labels: boundaryLabels(videoId, corrections, reviewed),
  }));
  const obstacle = boundaryObstacle(labelled);
  if (obstacle !== null) return { heads: null, obstacle };
  const heads = await trainBoundaryHeads(labelled, names, videoFolds, {
    seed,
    provider,
    signal,
    onStep: ({ done, ...figures }) => report({ done: done * edgeShare, figures }),
  });
  return { heads, obstacle: null };
}

function liveParts({ live, provider }: Resolved): LiveParts | null {
  if (live === null) return null;
  const temporal = live.hasTemporal ? readTunedVersion(live.versionFile) : null;
  return {
    parts: {
      prompts: live.prompts,
      temporal:
        temporal === null
          ? null
          : temporalOf(
              temporal.learned.map(({ learned }) => ({ learned, temporal: temporal.temporal })),
              provider,
            ),
      boundaries: null,
    },
    seen: new Set(live.seenVideoIds),
  };
}

function liveEdges({ liveBoundaries, provider }: Resolved, names: ClassSet): LiveParts | null {
  if (liveBoundaries === null) return null;
  const head = readBoundaryVersion(liveBoundaries.versionFile);
  return {
    parts: { ...noParts, boundaries: boundariesBy(head, names, provider) },
    seen: new Set(liveBoundaries.seenVideoIds),
  };
}
