import type { LabelledSegment, PredictedSegment, SegmentsByVideo } from './labelled-segments.ts';
import { segmentTIoU } from './labelled-segments.ts';
import { activityNetTIoUs } from './protocols.ts';

/** Average recall against the average number of proposals a video, whatever their class. */
export interface RecallCurve {
  /** The x-axis: average number of proposals a video at each of the 100 points. */
  readonly averageProposals: readonly number[];
  /** Mean recall over tIoU .5:.05:.95 at each point. */
  readonly averageRecall: readonly number[];
  /** Area under the curve, as a share of the whole area, in [0, 1]. */
  readonly areaUnderCurve: number;
}

const pointCount = 100;

/**
 * AR@AN as ActivityNet's proposal challenge and BMN measure it: all videos share one budget of proposals, so that a
 * video with many proposals may use more of them. Videos are those with ground truth; one without proposals counts as
 * missed. A segment is recalled when any proposal overlaps it enough, and proposals may recall several.
 */
export function recallCurve(
  groundTruth: SegmentsByVideo<LabelledSegment>,
  proposals: SegmentsByVideo<PredictedSegment>,
  maxAverageProposals = 100,
): RecallCurve {
  const videos = [...groundTruth].filter(([, truths]) => truths.length > 0);
  const proposalCount = [...proposals.values()].reduce((sum, ofVideo) => sum + ofVideo.length, 0);
  const ratio = (maxAverageProposals * videos.length) / proposalCount;
  const ranked = videos.map(([videoId, truths]) => {
    const all = bestFirst(proposals.get(videoId) ?? []);
    return { truths, kept: all.slice(0, Math.min(Math.trunc(all.length * ratio), all.length)) };
  });
  const keptCount = ranked.reduce((sum, { kept }) => sum + kept.length, 0);
  if (keptCount === 0) {
    const nothing = Array.from({ length: pointCount }, () => 0);
    return { averageProposals: nothing, averageRecall: nothing, areaUnderCurve: 0 };
  }
  const full = (maxAverageProposals * videos.length) / keptCount;
  const shares = Array.from({ length: pointCount }, (_, index) => ((index + 1) / pointCount) * full);
  const recalledAt = ranked.map(({ truths, kept }) => truths.map((truth) => firstRecallingRanks(truth, kept)));
  const averageRecall = shares.map((share) =>
    averageOverThresholds(recalledAt, (video) => Math.trunc(ranked[video]!.kept.length * share)),
  );
  const averageProposals = shares.map((share) => share * (keptCount / videos.length));
  return { averageProposals, averageRecall, areaUnderCurve: areaShare(averageProposals, averageRecall) };
}

/** Mean recall over tIoU .5:.05:.95 when every video may use its `count` best proposals; 0 without ground truth. */
export function averageRecallAt(
  groundTruth: SegmentsByVideo<LabelledSegment>,
  proposals: SegmentsByVideo<PredictedSegment>,
  count: number,
): number {
  const recalledAt = [...groundTruth].map(([videoId, truths]) => {
    const kept = bestFirst(proposals.get(videoId) ?? []).slice(0, count);
    return truths.map((truth) => firstRecallingRanks(truth, kept));
  });
  return averageOverThresholds(recalledAt, () => count);
}

/** For each threshold the rank of the best proposal that recalls the segment; infinite where none does. */
function firstRecallingRanks(truth: LabelledSegment, ranked: readonly PredictedSegment[]): number[] {
  const ranks = activityNetTIoUs.map(() => Infinity);
  for (const [rank, proposal] of ranked.entries()) {
    const overlap = segmentTIoU(truth, proposal);
    for (const [index, tIoU] of activityNetTIoUs.entries()) {
      if (overlap >= tIoU && ranks[index] === Infinity) ranks[index] = rank;
    }
  }
  return ranks;
}

function averageOverThresholds(
  recalledAt: readonly (readonly (readonly number[])[])[],
  budgetOf: (video: number) => number,
): number {
  let recalled = 0;
  let total = 0;
  for (const [video, truths] of recalledAt.entries()) {
    const budget = budgetOf(video);
    for (const ranks of truths) {
      for (const rank of ranks) recalled += rank < budget ? 1 : 0;
      total += ranks.length;
    }
  }
  return total > 0 ? recalled / total : 0;
}

const bestFirst = (proposals: readonly PredictedSegment[]): PredictedSegment[] =>
  proposals.toSorted((a, b) => b.score - a.score || a.startS - b.startS);

/** Trapezoids under the curve over its width. */
function areaShare(x: readonly number[], y: readonly number[]): number {
  let area = 0;
  for (let index = 1; index < x.length; index += 1)
    area += ((x[index]! - x[index - 1]!) * (y[index]! + y[index - 1]!)) / 2;
  return area / x.at(-1)!;
}
