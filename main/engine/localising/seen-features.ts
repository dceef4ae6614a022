import { featureName, type FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import type { EngineMemory } from '../memory/engine-memory.ts';
import type { InferenceRequests, ModelFacts } from '../inference/inference-requests.ts';
import type { ModelChoice } from '../tasks.ts';
import type { LiveVersion } from './taught.ts';

/** Sampling rates that differ by no more than this share are the same to a temporal module. */
const rateTolerance = 0.01;

/** What becomes of the temporal module in a model's folder at a project's sampling rate. */
export interface OwnModule {
  /** Identity of the module that frame features pass through; null where they pass through none. */
  readonly hash: string | null;
  /** Why a module that is there is not used. */
  readonly warnings: readonly string[];
}

/** A module knows motion by the time between its frames, so that at another rate it is left out, with a word about it. */
export function ownModuleAt({ name, temporal }: Pick<ModelFacts, 'name' | 'temporal'>, samplingFps: number): OwnModule {
  if (temporal === null) return { hash: null, warnings: [] };
  const { hash, fps } = temporal;
  if (Math.abs(samplingFps - fps) <= rateTolerance * fps) return { hash, warnings: [] };
  const warning = `The temporal module of ${name} is made for ${fps} frames a second and is not used at ${samplingFps}: set the sampling rate to ${fps} to use it.`;
  return { hash: null, warnings: [warning] };
}

/**
 * `[N, D]` stored features as classes are told apart by them: through the model's own temporal module, then through the
 * live version's. The very array that was given where there is neither. `key` is that of the stored features.
 */
export async function seenBy(
  memory: EngineMemory,
  model: ModelChoice,
  version: LiveVersion | null,
  features: Float32Array,
  key: FeatureKey,
): Promise<Float32Array> {
  const facts = await memory.models.facts(model);
  const { hash } = ownModuleAt(facts, key.samplingFps);
  const { folder: modelFolder, dim } = facts;
  const name = featureName(key);
  const own = hash === null ? features : await denseOf(memory, { modelFolder, dim }, features, [name, hash]);
  if (version === null || version.temporal === null) return own;
  const { file: versionFile } = version;
  return denseOf(memory, { versionFile }, own, [name, hash ?? 'plain', versionFile]);
}

/** Computed once for as long as it is kept; `name` tells all that it depends on. */
async function denseOf(
  memory: EngineMemory,
  module: InferenceRequests['denseFeatures']['input']['module'],
  features: Float32Array,
  name: readonly string[],
): Promise<Float32Array> {
  const known = memory.denseFeatures.get(name.join('\0'));
  if (known !== undefined) return known;
  const dense = await memory.inference.ask('denseFeatures', { module, features });
  memory.denseFeatures.set(name.join('\0'), dense, dense.byteLength);
  return dense;
}
