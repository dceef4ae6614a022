import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { averageRecallAt, recallCurve } from './average-recall.ts';
import type { LabelledSegment, PredictedSegment, SegmentsByVideo } from './labelled-segments.ts';
import { chosenSubset, withGroundTruthIds } from './match-videos.ts';
import { meanAveragePrecision } from './mean-average-precision.ts';
import type { Protocol, ProtocolName } from './protocols.ts';
import { protocols } from './protocols.ts';
import type { GroundTruth } from './read-ground-truth.ts';
import type { Predictions } from './read-predictions.ts';

/** What an evaluation reports, as the command line prints it. Shares are in [0, 1]. */
export interface Evaluation {
  readonly protocol: ProtocolName;
  /** The part of the ground truth that was scored; `null` where it has no parts. */
  readonly subset: string | null;
  readonly tiou: readonly number[];
  /** Mean average precision at each tIoU. */
  readonly map: readonly number[];
  readonly average_map: number;
  /** Average precision of each class at each tIoU. */
  readonly per_class: Readonly<Record<string, readonly number[]>>;
  /** Class-agnostic recall of the predictions as proposals. */
  readonly recall: {
    /** With this many proposals for every video. */
    readonly average_recall: Readonly<Record<'10' | '50' | '100', number>>;
    /** AR@AN with one budget for all videos: the curve's area, and its value at 10, 50 and 100 on average. */
    readonly area_under_curve: number;
    readonly average_recall_at_average_number: Readonly<Record<'10' | '50' | '100', number>>;
  };
  readonly counts: {
    readonly videos: number;
    readonly ground_truth: number;
    readonly predictions: number;
    /** Predictions of classes, and in videos, that the scored ground truth does not have. */
    readonly predictions_of_unknown_classes: number;
    readonly predictions_in_unknown_videos: number;
  };
}

/** Annotations closer than this are one, and shorter ones are none, where a protocol says so. */
const resolutionS = 1e-3;

interface EvaluateOptions {
  readonly subset?: string;
  /** Predictions for videos of other subsets say nothing; else they are wrong, as in ActivityNet’s own evaluation. */
  readonly passesOverOthers?: boolean;
}

/**
 * Scores predictions against ground truth under a protocol. Fails with `bad-input` where there is nothing to score:
 * no annotations in the subset, or predictions without labels under a protocol that needs them.
 */
export function evaluate(
  groundTruth: GroundTruth,
  predictions: Predictions,
  protocolName: ProtocolName,
  options: EvaluateOptions = {},
): Evaluation {
  const protocol = protocols[protocolName];
  const matched = withGroundTruthIds(predictions, groundTruth);
  const subset = chosenSubset(groundTruth, matched.keys(), protocol.subsets, options.subset);
  const truths = scoredTruths(groundTruth, subset, protocol);
  const isAsked = (id: string): boolean => {
    const known = groundTruth.get(id);
    return options.passesOverOthers !== true || known === undefined || known.subset === subset;
  };
  const predicted = labelled(new Map([...matched].filter(([id]) => isAsked(id))), protocol);

  const { map, averageMap, perClass } = meanAveragePrecision(truths, predicted, protocol.tIoUs);
  const curve = recallCurve(truths, predicted);
  const all = [...predicted].flatMap(([id, segments]) => segments.map((segment) => ({ id, segment })));
  const at = (read: (count: number) => number): Record<'10' | '50' | '100', number> => ({
    10: read(10),
    50: read(50),
    100: read(100),
  });
  return {
    protocol: protocolName,
    subset,
    tiou: protocol.tIoUs.map((tIoU) => Number(tIoU.toFixed(2))),
    map,
    average_map: averageMap,
    per_class: Object.fromEntries(perClass),
    recall: {
      average_recall: at((count) => averageRecallAt(truths, predicted, count)),
      area_under_curve: curve.areaUnderCurve,
      average_recall_at_average_number: at((count) => curve.averageRecall[count - 1]!),
    },
    counts: {
      videos: truths.size,
      ground_truth: [...truths.values()].reduce((sum, segments) => sum + segments.length, 0),
      predictions: all.length,
      predictions_of_unknown_classes: all.filter(({ segment }) => !perClass.has(segment.label)).length,
      predictions_in_unknown_videos: all.filter(({ id }) => !truths.has(id)).length,
    },
  };
}

const anyClass = 'any';

function scoredTruths(
  groundTruth: GroundTruth,
  subset: string | null,
  protocol: Protocol,
): Map<string, LabelledSegment[]> {
  const truths = new Map<string, LabelledSegment[]>();
  let count = 0;
  for (const [id, video] of groundTruth) {
    if (video.subset !== subset) continue;
    const segments = protocol.dropsRepeatedGroundTruth ? withoutRepetitions(video.segments) : video.segments;
    truths.set(
      id,
      segments.map((segment) => (protocol.isClassAgnostic ? { ...segment, label: anyClass } : segment)),
    );
    count += segments.length;
  }
  if (count === 0) {
    const part = subset === null ? '' : ` in its subset “${subset}”`;
    throw new Failure(
      'bad-input',
      verbatim(`The ground truth has no annotations${part}, so there is nothing to evaluate.`),
    );
  }
  return truths;
}

function withoutRepetitions(segments: readonly LabelledSegment[]): LabelledSegment[] {
  const kept: LabelledSegment[] = [];
  for (const segment of segments) {
    const isRepeated = kept.some(
      (other) =>
        other.label === segment.label &&
        Math.abs(other.startS - segment.startS) <= resolutionS &&
        Math.abs(other.endS - segment.endS) <= resolutionS,
    );
    if (!isRepeated && segment.endS - segment.startS >= resolutionS) kept.push(segment);
  }
  return kept;
}

function labelled(predictions: Predictions, protocol: Protocol): SegmentsByVideo<PredictedSegment> {
  return new Map(
    [...predictions].map(([id, segments]) => [
      id,
      segments.map((segment) => {
        const label = protocol.isClassAgnostic ? anyClass : segment.label;
        if (label === null) {
          throw new Failure(
            'bad-input',
            verbatim(`The predictions have no labels; evaluate them under the protocol “proposals”.`),
          );
        }
        return { ...segment, label };
      }),
    ]),
  );
}
