import { featureName, type FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import type { InferenceRequests } from '../inference/inference-requests.ts';
import type { Kept, WithInference, WithModels } from '../memory/ports.ts';
import type { ModelChoice } from '../vocabulary.ts';
import type { LiveVersion } from './live-version.ts';
import { ownModuleAt } from './own-module.ts';

export interface WithDenseFeatures extends WithInference {
  /** Frame features as temporal modules see them. */
  readonly denseFeatures: Kept<Float32Array>;
}

/**
 * `[N, D]` stored features as classes are told apart by them: through the model's own temporal module, then through the
 * live version's. The very array that was given where there is neither. `key` is that of the stored features.
 */
export async function seenBy(
  memory: WithModels & WithDenseFeatures,
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
  memory: WithDenseFeatures,
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
