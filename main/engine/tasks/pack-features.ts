import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { packFeatures } from '#main/pipeline/feature-store/pack-features.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { EngineTask } from './task-context.ts';

/** A video's stored features as a file that numpy reads. */
export const packFeaturesTask: EngineTask<'packFeatures'> = async (input, { memory }) => {
  const key = await memory.models.featureKey(input.checksum, input.model, input.samplingFps);
  const stored = await new FeatureStore(input.featuresFolder).open(key);
  if (stored.state !== 'complete')
    throw new Failure('not-found', say('The frame features are not complete; compute them first.'));
  const { video } = stored;
  const packed = await packFeatures(video, input.numbers, input.outPath, input.with);
  return { ...packed, shape: [video.timesUs.length, video.dim] };
};
