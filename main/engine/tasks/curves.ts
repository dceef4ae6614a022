import { firstSample } from '#main/pipeline/propose/sample-grid.ts';
import { bucketMaxima, bucketSize, bucketTimes } from '../localising/downsample-curve.ts';
import { classQuestion } from '../localising/class-question.ts';
import { curvesOf, type VideoCurvesSeen } from '../localising/staged-video.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { LocalisationInput } from '../vocabulary.ts';
import type { EngineTask, TaskContext } from './task-context.ts';

/** More points than a timeline has pixels. */
const mostPoints = 4000;

/** The curves behind a video's proposals, thin enough to draw; null while its features are not complete. */
export const curves: EngineTask<'curves'> = async (input, context) => {
  const found = await seenOf(input, context);
  if (found === null) return null;
  const { curves: seen, timesUs } = found;
  const size = bucketSize(timesUs.length, mostPoints);
  return {
    timesUs: bucketTimes(timesUs, size),
    actionness: bucketMaxima(seen.actionness, size),
    novelty: bucketMaxima(seen.novelty, size),
  };
};

/** The same for classes, of a stretch of the video with a sample more on either side. */
export const classCurves: EngineTask<'classCurves'> = async ({ view, ...input }, context) => {
  const found = await seenOf(input, context);
  if (found === null) return null;
  const { curves: seen, timesUs } = found;
  const count = timesUs.length;
  const from = Math.max(0, firstSample(count, (sample) => timesUs[sample]! > view.startUs) - 1);
  const to = Math.min(count, firstSample(count, (sample) => timesUs[sample]! >= view.endUs) + 1);
  const size = bucketSize(to - from, view.points);
  // Buckets begin at the same samples wherever the stretch does, so that curves hold still while the view moves.
  const first = from - (from % size);
  const wanted = new Set(view.classIds);
  return {
    timesUs: bucketTimes(timesUs.subarray(first, to), size),
    perClass: input.classes.flatMap(({ classId }, index) =>
      wanted.has(classId)
        ? { classId, probability: bucketMaxima(seen.perClass[index]!.subarray(first, to), size) }
        : [],
    ),
  };
};

async function seenOf(input: LocalisationInput, { memory, signal }: TaskContext): Promise<VideoCurvesSeen | null> {
  const key = await memory.models.featureKey(input.media.checksum, input.model, input.settings.samplingFps);
  if (!(await areStored(input.featuresFolder, key))) return null;
  const question = await classQuestion(memory, input);
  signal.throwIfAborted();
  return curvesOf(memory, input, input.media, question, signal);
}
