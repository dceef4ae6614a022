import { bucketMaxima, bucketSize, bucketTimes } from '../localising/downsample-curve.ts';
import { classQuestion } from '../localising/class-question.ts';
import { curvesOf } from '../localising/staged-video.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { EngineTask } from './task-context.ts';

/** More points than a timeline has pixels. */
const mostPoints = 4000;

/** The curves behind a video's proposals, thin enough to draw; null while its features are not complete. */
export const curves: EngineTask<'curves'> = async (input, { memory, signal }) => {
  const key = await memory.models.featureKey(input.media.checksum, input.model, input.settings.samplingFps);
  if (!(await areStored(input.featuresFolder, key))) return null;
  const question = await classQuestion(memory, input);
  signal.throwIfAborted();
  const { curves: seen, timesUs } = await curvesOf(memory, input, input.media, question, signal);
  const { actionness, novelty, perClass } = seen;
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
