import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { InstantAdapter } from '#main/pipeline/classify/instant-adapter.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import type { FeatureAnalysis } from '#main/pipeline/propose/analyse-features.ts';
import type { LearnedBoundaries } from '#main/pipeline/propose/learned-boundaries.ts';
import { boundaryInput, learnedBoundaries } from '#main/pipeline/tune/boundary-samples.ts';
import { boundaryVideo } from '#main/pipeline/tune/train-boundary-head.ts';
import { adapterKeys } from '#main/pipeline/tune/adapter-keys.ts';
import { chooseAdapterStrength, foldLogits } from '#main/pipeline/tune/choose-adapter-strength.ts';
import type { VideoFeatures } from '#main/pipeline/tune/shot-features.ts';
import { readTunedVersionFacts, type TunedVersionFacts } from '#main/pipeline/tune/tuned-version-file.ts';
import { trainingShots, type Shot } from '#main/pipeline/tune/training-shots.ts';
import { examplesOf, type TuningTask } from '#main/pipeline/tune/tuning-task.ts';
import { classSetOf } from './class-set-of.ts';
import type { EngineMemory } from '../memory/engine-memory.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { TaughtChoice, TaughtVideo } from './taught-choice.ts';
import { pinModel } from '../inference/model-fingerprint.ts';
import { ownModuleAt, seenBy } from './seen-features.ts';
import type { EngineTasks, IndexedMedia, ModelChoice } from '../tasks.ts';

type Asked = Pick<EngineTasks['localise']['input'], 'model' | 'featuresFolder' | 'classes' | 'settings' | 'taught'>;

/** A class set with what corrections have taught. */
export interface TaughtClasses {
  readonly classSet: ClassSet;
  /** Null while there are no corrections. */
  readonly adapter: InstantAdapter | null;
  /** The live version, where it belongs to this model. */
  readonly version: LiveVersion | null;
  /** The classes by their names alone. */
  readonly zeroShot: ClassSet;
  readonly warnings: readonly string[];
}

export interface LiveVersion extends TunedVersionFacts {
  readonly file: string;
}

/** Zero-shot classes, moved by the live tuned version, with the corrections as an instant adapter beside them. */
export async function taughtClassesOf(memory: EngineMemory, asked: Asked): Promise<TaughtClasses> {
  const { model, classes, settings, taught = null } = asked;
  const { classSet: zeroShot, warnings: aboutNames } = await classSetOf(memory, model, classes, settings);
  const own = ownModuleAt(await memory.models.facts(model), settings.samplingFps);
  const warnings = classes.length === 0 ? aboutNames : [...aboutNames, ...own.warnings];
  if (taught === null || classes.length === 0)
    return { classSet: zeroShot, zeroShot, adapter: null, version: null, warnings };
  const live = await liveVersion(memory, model, settings.samplingFps, taught.versionFile);
  const { version } = live;
  const classSet = version === null ? zeroShot : await tunedClassSet(memory, asked, zeroShot, version);
  const adapter = await adapterOf(memory, asked, taught, classSet, version);
  return { classSet, adapter, version, zeroShot, warnings: [...warnings, ...live.warnings] };
}

/** The live version; null, with a word about it, where it was tuned for another model or another temporal module. */
export async function liveVersion(
  memory: EngineMemory,
  model: ModelChoice,
  samplingFps: number,
  versionFile: string | null,
): Promise<{ readonly version: LiveVersion | null; readonly warnings: readonly string[] }> {
  if (versionFile === null) return { version: null, warnings: [] };
  const there = await access(versionFile).then(
    () => true,
    () => false,
  );
  const file = path.basename(versionFile);
  if (!there)
    return {
      version: null,
      warnings: [`The tuned version ${file} is missing, so that names alone decide: tune again.`],
    };
  const facts = readTunedVersionFacts(versionFile);
  const about = await memory.models.facts(model);
  const withoutIt = (reason: string) => ({
    version: null,
    warnings: [`The tuned version ${file} ${reason}, so that names alone decide: tune again.`],
  });
  if (facts.modelHash !== about.hash) return withoutIt('belongs to another model');
  if (facts.temporalModule !== ownModuleAt(about, samplingFps).hash)
    return withoutIt('was tuned with another temporal module in the model’s folder, or with none in use');
  return { version: { ...facts, file: versionFile }, warnings: [] };
}

/** Each name's features under the tuned prompts are computed once: a class typed later costs one class. */
async function tunedClassSet(
  memory: EngineMemory,
  { model, classes }: Pick<Asked, 'model' | 'classes'>,
  zeroShot: ClassSet,
  version: LiveVersion,
): Promise<ClassSet> {
  const { dim } = await memory.models.facts(model);
  const { classEmbeddings } = zeroShot;
  const rowOf = (index: number): Float32Array => classEmbeddings.slice(index * dim, (index + 1) * dim);
  const keys = classes.map(({ prompt }, index) => `${version.file}\0${prompt}\0${hashOf(rowOf(index))}`);
  const missing = [...keys.keys()].filter((index) => memory.tunedRows.get(keys[index]!) === undefined);
  const known = new Map(keys.map((key) => [key, memory.tunedRows.get(key)]));
  if (missing.length > 0) {
    const rows = new Float32Array(missing.length * dim);
    missing.forEach((index, at) => rows.set(rowOf(index), at * dim));
    const names = missing.map((index) => classes[index]!.prompt);
    const pinned = await pinModel(model);
    const tuned = await memory.inference.ask('tunedClasses', {
      model: pinned,
      versionFile: version.file,
      names,
      zeroShot: rows,
    });
    missing.forEach((index, at) => {
      const row = tuned.slice(at * dim, (at + 1) * dim);
      known.set(keys[index]!, row);
      memory.tunedRows.set(keys[index]!, row, row.byteLength);
    });
  }
  const tuned = new Float32Array(classEmbeddings.length);
  keys.forEach((key, index) => tuned.set(known.get(key)!, index * dim));
  return { ...zeroShot, classEmbeddings: tuned, logitScale: version.scale };
}

/** A text's features `[1, D]` under a version's prompts; `plain` without one. */
export async function tunedText(
  memory: EngineMemory,
  model: ModelChoice,
  version: LiveVersion | null,
  text: string,
  plain: Float32Array,
): Promise<Float32Array> {
  if (version === null) return plain;
  const zeroShot = { classEmbeddings: plain, backgroundEmbeddings: new Float32Array(), logitScale: version.scale };
  return (await tunedClassSet(memory, { model, classes: [{ classId: 0, prompt: text }] }, zeroShot, version))
    .classEmbeddings;
}

const hashOf = (row: Float32Array): string => createHash('sha256').update(row).digest('base64');

/** Corrections as keys, at the strength that the live version was tuned with or that holding some back suggests. */
async function adapterOf(
  memory: EngineMemory,
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
    version?.adapter ??
    chooseAdapterStrength(foldLogits(task, shots, { classIds, classFeatures, background, scale }), scale);
  return { ...adapterKeys(task, shots, examplesOf(task, shots, null).features), ...strength };
}

/** Corrections in videos whose features are stored, as a task to learn; `missing` names the other videos. */
export async function taughtTask(
  memory: EngineMemory,
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

/** Where the live version's head sees actions begin and end; null where it has none. It was trained beside bare names. */
export async function boundariesSeen(
  memory: EngineMemory,
  { version, zeroShot }: TaughtClasses,
  analysis: FeatureAnalysis,
): Promise<LearnedBoundaries | null> {
  if (version === null || version.boundary === null) return null;
  const batch = boundaryInput(boundaryVideo(analysis, zeroShot));
  const probabilities = await memory.inference.ask('boundaryHead', { versionFile: version.file, batch });
  return learnedBoundaries(probabilities, version.boundary.longestS);
}

/** Stored features are all that is read of a corrected video; its end is all they need of its frame table. */
const mediaOf = ({ name, checksum, endUs }: TaughtVideo): IndexedMedia => ({
  path: name,
  checksum,
  frames: Float64Array.of(0, endUs),
});
