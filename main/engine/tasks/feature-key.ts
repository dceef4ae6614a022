import { featureName } from '#main/pipeline/feature-store/feature-key.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { EngineTask } from './task-context.ts';

/** Under which name a model's features of a video are stored, and whether they are complete. */
export const featureKeyTask: EngineTask<'featureKey'> = async (input, { memory }) => {
  const key = await memory.models.featureKey(input.checksum, input.model, input.samplingFps);
  return { key: featureName(key), complete: await areStored(input.featuresFolder, key) };
};
