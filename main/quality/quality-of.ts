import type { ClassQuality, Quality } from '#preload/domain/quality.ts';
import { calibrationOf } from './calibration.ts';
import { matchedVideo, type MatchedProposal, type MatchedVideo } from './matched-videos.ts';
import type { Measurement } from './measurement.ts';
import { confusionOf, countedFor, countsOf, outcomesOf, type Met } from './outcomes.ts';
import { precisionRecall } from './precision-recall.ts';

/** Points of a curve: more than a chart shows apart, few enough for hundreds of classes. */
const pointsOfAll = 200;
const pointsOfClass = 60;

/** A measurement with every proposal held against what is marked, and what that comes to from a score on. */
export interface HeldAgainst {
  readonly videos: readonly MatchedVideo[];
  readonly proposals: readonly MatchedProposal[];
  readonly met: readonly Met[];
}

/** Holds a measurement's proposals against what is marked; all numbers and clips are read off it. */
export function heldAgainst({ videos: measured }: Measurement, threshold: number): HeldAgainst {
  const videos = measured.map(matchedVideo);
  return {
    videos,
    proposals: videos.flatMap(({ proposals }) => proposals),
    met: videos.flatMap((video) => outcomesOf(video, threshold)),
  };
}

/** Every number of a measurement at a threshold. */
export function qualityOf(measurement: Measurement, held: HeldAgainst, threshold: number): Quality {
  const { on, measuredAt, model, notes, classIds, precision } = measurement;
  const occurrences = held.videos.flatMap((video) => video.occurrences);
  const ofClass = {
    occurrences: Map.groupBy(
      held.videos.flatMap(({ videoId, occurrences: marked }) => marked.map(({ classId }) => ({ videoId, classId }))),
      ({ classId }) => classId,
    ),
    proposals: Map.groupBy(held.proposals, ({ proposal }) => proposal.classId),
    met: Map.groupBy(held.met, countedFor),
  };
  const classes = precision.classes.map(({ classId, perTIoU, average }): ClassQuality => {
    const marked = ofClass.occurrences.get(classId) ?? [];
    return {
      classId,
      segments: marked.length,
      videos: new Set(marked.map(({ videoId }) => videoId)).size,
      averagePrecision: perTIoU && [...perTIoU],
      average,
      outcomes: countsOf(ofClass.met.get(classId) ?? []),
      curve: precisionRecall(ofClass.proposals.get(classId) ?? [], marked.length, pointsOfClass),
    };
  });
  return {
    on,
    measuredAt,
    model,
    videoIds: held.videos.map(({ videoId }) => videoId),
    notes: [...notes],
    threshold,
    map: [...precision.map],
    averageMap: precision.averageMap,
    segments: occurrences.length,
    outcomes: countsOf(held.met),
    curve: precisionRecall(held.proposals, occurrences.length, pointsOfAll),
    classes,
    confusion: confusionOf(held.met, classIds),
    calibration: calibrationOf(held.proposals, threshold),
  };
}
