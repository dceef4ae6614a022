import { segmentsForReview } from '#main/pipeline/classify/localise.ts';
import { localisationConstants } from '#main/pipeline/propose/localisation-constants.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { segmentsIn } from '../localising/localisation-of.ts';
import type { EngineTask } from './task-context.ts';

/** Low enough that whoever lowers the threshold in the studio finds more; overlaps of one class are gone already. */
const { keptScore, sameTIoU } = localisationConstants.review;

/** Both stages of localisation from stored features, on frame boundaries, best first. */
export const localiseTask: EngineTask<'localise'> = async (input, { memory, signal }) => {
  const { segments: found, warnings } = await segmentsIn(memory, input, signal);
  const table = FrameTable.fromArray(input.media.frames);
  const segments = segmentsForReview(found, { minScore: keptScore, minTIoU: sameTIoU }).map(
    ({ startUs, endUs, classIndex, score, ranking }) => ({
      ...table.snapSpan({ startUs, endUs }),
      classId: input.classes[classIndex]!.classId,
      score,
      ranking: ranking.map((ranked) => ({
        classId: input.classes[ranked.classIndex]!.classId,
        probability: ranked.probability,
      })),
    }),
  );
  return { segments, warnings };
};
