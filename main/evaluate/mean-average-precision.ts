import type { LabelledSegment, PredictedSegment, SegmentsByVideo } from './labelled-segments.ts';
import { segmentTIoU } from './labelled-segments.ts';

/** Detection quality at some tIoU thresholds, all in [0, 1]. */
export interface MeanAveragePrecision {
  /** One value a threshold: the mean over classes. */
  readonly map: readonly number[];
  /** Mean over thresholds. */
  readonly averageMap: number;
  /** Average precision of each class of the ground truth, one value a threshold. */
  readonly perClass: ReadonlyMap<string, readonly number[]>;
}

/**
 * mAP@tIoU as the ActivityNet toolkit and ActionFormer compute it. Classes are those of the ground truth; one without
 * predictions counts 0, predictions of other classes do not count. Predictions in videos without ground truth are
 * false. Equal scores are taken by video id, then by start.
 */
export function meanAveragePrecision(
  groundTruth: SegmentsByVideo<LabelledSegment>,
  predictions: SegmentsByVideo<PredictedSegment>,
  tIoUs: readonly number[],
): MeanAveragePrecision {
  const truthOf = byClass(groundTruth);
  const predictedOf = byClass(predictions);
  const perClass = new Map<string, number[]>();
  for (const label of [...truthOf.keys()].sort()) {
    perClass.set(label, averagePrecisions(truthOf.get(label)!, predictedOf.get(label) ?? new Map(), tIoUs));
  }
  const map = tIoUs.map((_, index) => mean([...perClass.values()].map((precisions) => precisions[index]!)));
  return { map, averageMap: mean(map), perClass };
}

/** Average precision of one class at each threshold. */
function averagePrecisions(
  truth: ReadonlyMap<string, readonly LabelledSegment[]>,
  predictions: ReadonlyMap<string, readonly PredictedSegment[]>,
  tIoUs: readonly number[],
): number[] {
  const positives = [...truth.values()].reduce((sum, segments) => sum + segments.length, 0);
  const ranked = [...predictions]
    .flatMap(([videoId, segments]) => segments.map((segment) => ({ videoId, segment })))
    .sort(
      (a, b) =>
        b.segment.score - a.segment.score || compareText(a.videoId, b.videoId) || a.segment.startS - b.segment.startS,
    );
  const hits = tIoUs.map(() => new Uint8Array(ranked.length));
  const found = tIoUs.map(() => new Set<LabelledSegment>());
  for (const [rank, { videoId, segment }] of ranked.entries()) {
    const candidates = byOverlap(truth.get(videoId) ?? [], segment);
    for (const [index, tIoU] of tIoUs.entries()) {
      const match = candidates.find((one) => one.tIoU >= tIoU && !found[index]!.has(one.truth));
      if (!match) continue;
      found[index]!.add(match.truth);
      hits[index]![rank] = 1;
    }
  }
  return hits.map((ofThreshold) => interpolatedAveragePrecision(ofThreshold, positives));
}

/** Ground truth by descending overlap; of equal overlaps the later annotation first, as the reference sorts them. */
function byOverlap(
  truths: readonly LabelledSegment[],
  segment: LabelledSegment,
): { truth: LabelledSegment; tIoU: number }[] {
  return truths
    .map((truth) => ({ truth, tIoU: segmentTIoU(truth, segment) }))
    .reverse()
    .sort((a, b) => b.tIoU - a.tIoU);
}

/**
 * Area under the precision-recall curve, with precision made non-increasing (all-point interpolation).
 *
 * @param hits 1 where the prediction of that rank is true, best first. @param positives number of ground truth segments.
 */
export function interpolatedAveragePrecision(hits: ArrayLike<number>, positives: number): number {
  const total = Array.from(hits).reduce((sum, hit) => sum + hit, 0);
  let truePositives = total;
  let best = 0;
  let area = 0;
  // From the last rank to the first the best precision so far is the interpolated one; each hit adds one step of recall.
  for (let rank = hits.length - 1; rank >= 0; rank -= 1) {
    best = Math.max(best, truePositives / (rank + 1));
    if (!hits[rank]) continue;
    area += best / positives;
    truePositives -= 1;
  }
  return area;
}

function byClass<T extends LabelledSegment>(videos: SegmentsByVideo<T>): Map<string, Map<string, T[]>> {
  const classes = new Map<string, Map<string, T[]>>();
  for (const [videoId, segments] of videos) {
    for (const [label, ofClass] of Map.groupBy(segments, (segment) => segment.label)) {
      let inVideos = classes.get(label);
      if (!inVideos) classes.set(label, (inVideos = new Map()));
      inVideos.set(videoId, ofClass);
    }
  }
  return classes;
}

const mean = (values: readonly number[]): number =>
  values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : 0;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
