import path from 'node:path';
import { keepDense, readDense, type DenseKey } from '#main/pipeline/feature-store/dense-store.ts';
import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import { denseParts } from '#native-models/temporal/dense-parts.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { DenseModuleChoice } from '../inference/inference-requests.ts';
import type { Kept, WithInference, WithModels } from '../memory/ports.ts';
import type { ModelChoice } from '../vocabulary.ts';
import type { LiveVersion } from './live-version.ts';
import { ownModuleAt } from './own-module.ts';

export interface WithDenseFeatures extends WithInference {
  /** Frame features as temporal modules see them: those that were asked for last. */
  readonly denseFeatures: Kept<Float32Array>;
}

/** Stored features of a video, and whose eyes they are seen with. */
export interface SeenAs {
  readonly model: ModelChoice;
  readonly featuresFolder: string;
  /** Null: the model's own module alone. */
  readonly version: LiveVersion | null;
  readonly key: FeatureKey;
}

/** The modules that frame features pass through before classes are told apart by them, in their order. */
export async function modulesOf(
  { models }: WithModels,
  { model, samplingFps, version }: { model: ModelChoice; samplingFps: number; version: LiveVersion | null },
): Promise<string[]> {
  const { hash } = ownModuleAt(await models.facts(model), samplingFps);
  return [
    ...(hash === null ? [] : [hash]),
    ...(version === null || version.temporal === null ? [] : [versionModule(version)]),
  ];
}

/** A version's file has a name of its own wherever its project lies. */
const versionModule = ({ file }: LiveVersion): string => path.basename(file);

/**
 * `[N, D]` stored features as classes are told apart by them: through the model's own temporal module, then through the
 * live version's. The very array that was given where there is neither. What modules make is kept beside the features, so
 * that it is made once.
 */
export async function seenBy(
  memory: WithModels & WithDenseFeatures,
  { model, featuresFolder, version, key }: SeenAs,
  features: Float32Array,
  signal: AbortSignal,
): Promise<Float32Array> {
  const facts = await memory.models.facts(model);
  const { hash } = ownModuleAt(facts, key.samplingFps);
  const { folder: modelFolder, dim } = facts;
  const modules = hash === null ? [] : [hash];
  const place = { featuresFolder, dim, signal };
  const own =
    hash === null
      ? features
      : await denseOf(memory, place, { features: key, modules }, features, {
          module: { modelFolder, hash, dim },
          frames: facts.temporal!.shape.frames,
        });
  if (version === null || version.temporal === null) return own;
  const { file: versionFile, temporal } = version;
  return denseOf(memory, place, { features: key, modules: [...modules, versionModule(version)] }, own, {
    module: { versionFile },
    frames: temporal.frames,
  });
}

/** `[D]` the features of a picture as of a clip in which nothing moves: seen as `seenBy` sees those of videos. */
export async function seenStill(
  memory: WithModels & WithInference,
  { model, samplingFps, version }: Pick<SeenAs, 'model' | 'version'> & { readonly samplingFps: number },
  feature: Float32Array,
): Promise<Float32Array> {
  const facts = await memory.models.facts(model);
  const { folder: modelFolder, dim } = facts;
  const { hash } = ownModuleAt(facts, samplingFps);
  const modules: { readonly module: DenseModuleChoice; readonly frames: number }[] = [];
  if (hash !== null) modules.push({ module: { modelFolder, hash, dim }, frames: facts.temporal!.shape.frames });
  if (version !== null && version.temporal !== null)
    modules.push({ module: { versionFile: version.file }, frames: version.temporal.frames });
  let seen = feature;
  for (const { module, frames } of modules) {
    const clip = new Float32Array(frames * dim);
    for (let row = 0; row < frames; row += 1) clip.set(seen, row * dim);
    const rows = await memory.inference.ask('denseFeatures', { module, features: clip }, { transfer: [clip.buffer] });
    const middle = frames >> 1;
    seen = rows.slice(middle * dim, (middle + 1) * dim);
  }
  return seen;
}

/** From memory, from the disk, or made now, part by part: others are answered in between, and it can be stopped. */
async function denseOf(
  memory: WithDenseFeatures,
  {
    featuresFolder,
    dim,
    signal,
  }: { readonly featuresFolder: string; readonly dim: number; readonly signal: AbortSignal },
  key: DenseKey,
  features: Float32Array,
  by: { readonly module: DenseModuleChoice; readonly frames: number },
): Promise<Float32Array> {
  const name = JSON.stringify([featuresFolder, key]);
  const known = memory.denseFeatures.get(name);
  if (known !== undefined) return known;
  const shape = [features.length / dim, dim] as const;
  const dense = (await readDense(featuresFolder, key, shape)) ?? (await made());
  memory.denseFeatures.set(name, dense, dense.byteLength);
  return dense;

  async function made(): Promise<Float32Array> {
    const rows = new Float32Array(features.length);
    for (const { from, to, seenFrom, seenTo } of denseParts(shape[0], by.frames)) {
      signal.throwIfAborted();
      const part = features.slice(seenFrom * dim, seenTo * dim);
      const answer = await memory.inference.ask(
        'denseFeatures',
        { module: by.module, features: part },
        { transfer: [part.buffer] },
      );
      rows.set(answer.subarray((from - seenFrom) * dim, (to - seenFrom) * dim), from * dim);
    }
    try {
      await keepDense(featuresFolder, key, rows, shape);
    } catch (error) {
      // Where nothing can be written, in a project that can only be looked at too, it is made anew the next time.
      if (!(error instanceof Failure)) throw error;
    }
    return rows;
  }
}
