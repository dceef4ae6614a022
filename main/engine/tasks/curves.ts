import { bucketMaxima, bucketSize, bucketTimes } from '../localising/downsample-curve.ts';
import { localisationOf } from '../localising/localisation-of.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { EngineTask } from './task-context.ts';

/** More points than a timeline has pixels. */
const mostPoints = 4000;

/** The curves behind a video's proposals, thin enough to draw; null while its features are not complete. */
export const curves: EngineTask<'curves'> = async (input, { memory, signal }) => {
  const key = await memory.models.featureKey(input.media.checksum, input.model, input.settings.samplingFps);
  if (!(await areStored(input.featuresFolder, key))) return null;
  const { localisation, timesUs } = await localisationOf(memory, { ...input, scorer: null }, signal);
  const { actionness, novelty, perClass } = localisation.curves;
  const size = bucketSize(timesUs.length, mostPoints);
  return {
    timesUs: bucketTimes(timesUs, size),
    actionness: bucketMaxima(actionness, size),
    novelty: bucketMaxima(novelty, size),
    perClass: perClass.map((probability, index) => ({
      classId: input.classes[index]!.classId,
      probability: bucketMaxima(probability, size),
    })),
  };
};
