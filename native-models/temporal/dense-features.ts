import { addUnitRows, normaliseRows } from '../features/unit-rows.ts';
import type { Provider } from '../runtime/plan.ts';
import { openTemporal } from './open-temporal.ts';
import type { TemporalShape } from './temporal-transformer.ts';

/**
 * What a trained temporal module makes of a video's frame features, `[N, D]` → `[N, D]` unit rows; of several trainings
 * of one module, their mean direction.
 */
export async function denseFeatures(
  shape: TemporalShape,
  trainings: readonly ReadonlyMap<string, Float32Array>[],
  features: Float32Array,
  provider: Provider,
): Promise<Float32Array> {
  const sum = new Float32Array(features.length);
  for (const learned of trainings) {
    await using module = await openTemporal(shape, learned, provider);
    addUnitRows(sum, await module.video(features), shape.width);
  }
  return normaliseRows(sum, shape.width);
}
