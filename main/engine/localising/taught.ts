import type { InstantAdapter } from '#main/pipeline/classify/instant-adapter.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import type { FeatureAnalysis } from '#main/pipeline/propose/analyse-features.ts';
import type { LearnedBoundaries } from '#main/pipeline/propose/learned-boundaries.ts';
import { boundaryInput, learnedBoundaries } from '#main/pipeline/tune/boundary-samples.ts';
import { boundaryVideo } from '#main/pipeline/tune/train-boundary-head.ts';
import { adapterKeys } from '#main/pipeline/tune/adapter-keys.ts';
import { chooseAdapterStrength, foldLogits } from '#main/pipeline/tune/choose-adapter-strength.ts';
import type { VideoFeatures } from '#main/pipeline/tune/shot-features.ts';
import { trainingShots, type Shot } from '#main/pipeline/tune/training-shots.ts';
import { examplesOf, type TuningTask } from '#main/pipeline/tune/tuning-task.ts';
import { classSetOf } from './class-set-of.ts';
import type { WithInference, WithModels, WithTexts, WithVideos } from '../memory/ports.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { IndexedMedia, LocalisationInput, TaughtChoice, TaughtVideo } from '../vocabulary.ts';
import { liveBoundaries, liveVersion, type LiveBoundaries, type LiveVersion } from './live-version.ts';
import { ownModuleAt } from './own-module.ts';
import { seenBy, type WithDenseFeatures } from './seen-features.ts';
import { tunedClassSet, type WithTunedRows } from './tuned-classes.ts';

type Asked = Pick<LocalisationInput, 'model' | 'featuresFolder' | 'classes' | 'settings' | 'taught'>;

/** What corrections are read from. */
type WithCorrected = WithModels & WithVideos & WithDenseFeatures;

/** All that telling taught classes apart needs. */
export type WithTaught = WithCorrected & WithTexts & WithTunedRows;

/** A class set with what corrections have taught. */
export interface TaughtClasses {
  readonly classSet: ClassSet;
  /** Null while there are no corrections. */
  readonly adapter: InstantAdapter | null;
  /** The live version, where it belongs to this model. */
  readonly version: LiveVersion | null;
  /** The live boundary head, where it belongs to this model. */
  readonly edges: LiveBoundaries | null;
  /** The classes by their names alone. */
  readonly zeroShot: ClassSet;
  readonly warnings: readonly string[];
}

/** Zero-shot classes, moved by the live tuned version, with the corrections as an instant adapter beside them. */
export async function taughtClassesOf(memory: WithTaught, asked: Asked): Promise<TaughtClasses> {
  const { model, classes, settings, taught = null } = asked;
  const { classSet: zeroShot, warnings: aboutNames } = await classSetOf(memory, model, classes, settings);
  const own = ownModuleAt(await memory.models.facts(model), settings.samplingFps);
  const warnings = classes.length === 0 ? aboutNames : [...aboutNames, ...own.warnings];
  if (taught === null || classes.length === 0)
    return { classSet: zeroShot, zeroShot, adapter: null, version: null, edges: null, warnings };
  const live = await liveVersion(memory, model, settings.samplingFps, taught.versionFile);
  const { version } = live;
  const edges = await liveBoundaries(memory, model, taught.boundaryFile);
  const classSet = version === null ? zeroShot : await tunedClassSet(memory, asked, zeroShot, version);
  const adapter = await adapterOf(memory, asked, taught, classSet, version);
  return {
    classSet,
    adapter,
    version,
    edges: edges.version,
    zeroShot,
    warnings: [...warnings, ...live.warnings, ...edges.warnings],
  };
}

/** Corrections as keys, at the strength that the live version was tuned with or that holding some back suggests. */
async function adapterOf(
  memory: WithCorrected,
  asked: Asked,
  taught: TaughtChoice,
  classSet: ClassSet,
  version: LiveVersion | null,
): Promise<InstantAdapter | null> {
  const { task, shots } = await taughtTask(memory, { ...asked, taught }, classSet, version);
  if (shots.length === 0) return null;
  const { classIds, zeroShot: classFeatures, background } = task;
  const scale = classSet.logitScale;
  const strength =
    chooseAdapterStrength(foldLogits(task, shots, { classIds, classFeatures, background, scale }), scale);
  return { ...adapterKeys(task, shots, examplesOf(task, shots, null).features), ...strength };
}

/** Corrections in videos whose features are stored, as a task to learn; `missing` names the other videos. */
export async function taughtTask(
  memory: WithCorrected,
  { model, featuresFolder, classes, settings, taught }: Omit<Asked, 'taught'> & { readonly taught: TaughtChoice },
  classSet: ClassSet,
  version: LiveVersion | null,
): Promise<{ readonly task: TuningTask; readonly shots: readonly Shot[]; readonly missing: readonly string[] }> {
  const { dim } = await memory.models.facts(model);
  const videos = new Map<number, VideoFeatures>();
  const missing: string[] = [];
  for (const video of taught.videos) {
    const key = await memory.models.featureKey(video.checksum, model, settings.samplingFps);
    if (!(await areStored(featuresFolder, key))) {
      missing.push(video.name);
      continue;
    }
    const { features } = await memory.videos.of(featuresFolder, key, mediaOf(video));
    videos.set(video.videoId, {
      timesUs: features.timesUs,
      features: await seenBy(memory, model, version, features.features, key),
    });
  }
  const classIds = classes.map(({ classId }) => classId);
  const usable = taught.corrections.filter(({ videoId, classId }) => videos.has(videoId) && classIds.includes(classId));
  const reviewed = taught.reviewed.filter(({ videoId }) => videos.has(videoId));
  const task = { dim, classIds, zeroShot: classSet.classEmbeddings, background: classSet.backgroundEmbeddings, videos };
  return { task, shots: trainingShots(usable, reviewed), missing };
}

/** Where the live boundary head sees actions begin and end; null without one. It was trained beside bare names. */
export async function boundariesSeen(
  memory: WithInference,
  { edges, zeroShot }: TaughtClasses,
  analysis: FeatureAnalysis,
): Promise<LearnedBoundaries | null> {
  if (edges === null) return null;
  const batch = boundaryInput(boundaryVideo(analysis, zeroShot));
  const probabilities = await memory.inference.ask('boundaryHead', { versionFile: edges.file, batch });
  return learnedBoundaries(probabilities, edges.boundary.longestS);
}

/** Stored features are all that is read of a corrected video; its end is all they need of its frame table. */
const mediaOf = ({ name, checksum, endUs }: TaughtVideo): IndexedMedia => ({
  path: name,
  checksum,
  frames: Float64Array.of(0, endUs),
});
