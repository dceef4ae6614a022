import type { CallControl } from '#main/call-port/answer-calls.ts';
import { answerThread } from '#main/call-port/thread.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { analyseFeatures } from '#main/pipeline/propose/analyse-features.ts';
import { tuningPresets } from '#main/pipeline/tune/presets.ts';
import type { VideoFeatures } from '#main/pipeline/tune/shot-features.ts';
import { trainBoundaryHead, type LabelledVideo } from '#main/pipeline/tune/train-boundary-head.ts';
import { prefixLength } from '#main/pipeline/tune/train-prompts.ts';
import { tune } from '#main/pipeline/tune/tune.ts';
import { writeTunedVersion } from '#main/pipeline/tune/tuned-version-file.ts';
import { readClipParts } from '#native-models/clip/clip-parts.ts';
import { noTokenizer } from '#native-models/clip/tokenizer.ts';
import { denseFeatures } from '#native-models/temporal/dense-features.ts';
import { readTemporalModule, type TemporalModuleContent } from '#native-models/temporal/temporal-module-file.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { TuningCalls, TuningProgress, TuningRequest } from './tuning-request.ts';
import type { TuningOutcome } from '../vocabulary.ts';

/** Share of the work that prompts are; the boundary head is the rest. */
const promptShare = 0.8;

/**
 * Entry of the thread that tunes once and ends. A thread of its own, so that texts are embedded and proposals scored
 * meanwhile. Its only trace is the finished file.
 */
answerThread<TuningCalls, TuningProgress>({
  tune: async (request, control) => ({ output: await tuneAsAsked(request, control) }),
});

async function tuneAsAsked(
  request: TuningRequest,
  { signal, report }: CallControl<TuningProgress>,
): Promise<TuningOutcome> {
  const parts = readClipParts(request.modelFolder);
  const { tokenizer, config } = parts;
  if (tokenizer === null) throw noTokenizer(request.modelFolder);
  const preset = tuningPresets[request.preset];
  const store = new FeatureStore(request.featuresFolder);
  const own = ownModule(request);
  const videos = new Map<number, VideoFeatures>();
  const labelled: LabelledVideo[] = [];
  for (const { videoId, key, endUs, labels } of request.videos) {
    const stored = await store.open(key);
    if (stored.state !== 'complete')
      throw new Failure('not-found', 'Frame features went missing while tuning: try again.');
    const { features: plain } = stored.video;
    const features = own === null ? plain : await denseFeatures(own.shape, [own.learned], plain, 'cpu');
    videos.set(videoId, { ...stored.video, features });
    labelled.push({ videoId, labels, analysis: analyseFeatures(stored.video, endUs) });
  }
  const names = request.classes.map(({ classId, prompt }) => ({
    classId,
    tokens: tokenizer.encode(prompt).ids.slice(1, -1),
  }));
  const task = {
    dim: config.projection_dim,
    classIds: request.classes.map(({ classId }) => classId),
    zeroShot: request.zeroShot,
    background: request.background,
    videos,
  };
  const { provider, seed } = request;
  const result = await tune(parts, task, names, request.shots, preset, request.current, {
    seed,
    provider,
    signal,
    onProgress: ({ done, ...figures }) =>
      report({ done: done * promptShare, figures: { ...figures, steps: preset.steps } }),
  });
  const zeroShot = {
    classEmbeddings: request.zeroShot,
    backgroundEmbeddings: request.background,
    logitScale: request.logitScale,
  };
  const boundary = await trainBoundaryHead(labelled, zeroShot, {
    seed,
    provider,
    signal,
    onStep: ({ done, ...figures }) => report({ done: promptShare + done * (1 - promptShare), figures }),
  });
  const { head } = boundary;
  const { runs, scale, adapter, heldOut, decision, shortened } = result;
  const temporal = runs[0]!.temporal;
  writeTunedVersion(
    request.versionFile,
    {
      modelHash: request.modelHash,
      temporalModule: request.temporalModule,
      preset: preset.id,
      fromZeroShot: preset.fromZeroShot,
      scale,
      prompt: { prefix: prefixLength(parts, preset), suffix: preset.suffix },
      adapter,
      temporal,
      boundary: head === null ? null : { ...head.shape, longestS: head.longestS },
      runs: runs.length,
      seen: request.shots.map(({ videoId, startUs, endUs }) => ({ videoId, startUs, endUs })),
      learned: runs,
      boundaryHead: head,
    },
    config.text_config.hidden_size,
  );
  return {
    decision,
    heldOut,
    adapter,
    losses: runs[0]!.losses,
    temporal: temporal !== null,
    boundaries: { used: head !== null, reason: boundary.reason },
    shortened,
  };
}

/** The temporal module in the model's folder, where features are to pass through it. */
function ownModule({ modelFolder, temporalModule }: TuningRequest): TemporalModuleContent | null {
  if (temporalModule === null) return null;
  const found = readTemporalModule(modelFolder);
  if (found === null)
    throw new Failure('not-found', `The temporal module in ${modelFolder} went missing while tuning: try again.`);
  return found;
}
