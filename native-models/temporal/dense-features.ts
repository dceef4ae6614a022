import { addUnitRows, normaliseRows } from '../features/unit-rows.ts';
import type { Provider } from '../runtime/plan.ts';
import { openTemporal, type TemporalModule } from './open-temporal.ts';
import type { TemporalShape } from './temporal-transformer.ts';

/** A trained temporal module, of several trainings all together, at work on whole videos. */
export interface DenseModule extends AsyncDisposable {
  /** `[N, D]` frame features → `[N, D]` unit rows. */
  video(features: Float32Array): Promise<Float32Array>;
}

/** Opens a module for one video after another, `[N, D]` → `[N, D]`; of several trainings it gives the mean direction. */
export async function openDense(
  shape: TemporalShape,
  trainings: readonly ReadonlyMap<string, Float32Array>[],
  provider: Provider,
): Promise<DenseModule> {
  await using opened = new AsyncDisposableStack();
  const modules: TemporalModule[] = [];
  for (const learned of trainings) modules.push(opened.use(await openTemporal(shape, learned, provider)));
  const kept = opened.move();
  return {
    async video(features) {
      const sum = new Float32Array(features.length);
      for (const module of modules) addUnitRows(sum, await module.video(features), shape.width);
      return normaliseRows(sum, shape.width);
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}

/** What a trained temporal module makes of one video's frame features, `[N, D]` → `[N, D]` unit rows. */
export async function denseFeatures(
  shape: TemporalShape,
  trainings: readonly ReadonlyMap<string, Float32Array>[],
  features: Float32Array,
  provider: Provider,
): Promise<Float32Array> {
  await using module = await openDense(shape, trainings, provider);
  return await module.video(features);
}
