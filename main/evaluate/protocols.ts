/** How a benchmark is scored. */
export interface Protocol {
  readonly name: ProtocolName;
  /** tIoU thresholds that mAP is reported at. */
  readonly tIoUs: readonly number[];
  /** The part of the ground truth that is scored, under the names it goes by. */
  readonly subsets: readonly string[];
  /** Whether repeated annotations and those shorter than a millisecond are left out, as ActionFormer and OpenTAD do. */
  readonly dropsRepeatedGroundTruth: boolean;
  /** Whether labels are ignored, so that proposals of any class are scored as one class. */
  readonly isClassAgnostic: boolean;
}

export const protocolNames = ['thumos14', 'activitynet', 'proposals'] as const;
export type ProtocolName = (typeof protocolNames)[number];

/**
 * Equally spaced thresholds with numpy's rounding (`linspace`): the published evaluators compare with exactly these
 * numbers, and an overlap of just 0.9 counts at 0.8999999999999999.
 */
function thresholds(first: number, last: number, count: number): number[] {
  const step = (last - first) / (count - 1);
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? last : first + index * step));
}

/** .5:.05:.95, which recall is averaged over under every protocol. */
export const activityNetTIoUs: readonly number[] = thresholds(0.5, 0.95, 10);

/** THUMOS14 as ActionFormer scores it; ActivityNet as its official toolkit does; proposals by ActivityNet's recall. */
export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  thumos14: {
    name: 'thumos14',
    tIoUs: thresholds(0.3, 0.7, 5),
    subsets: ['test', 'testing'],
    dropsRepeatedGroundTruth: true,
    isClassAgnostic: false,
  },
  activitynet: {
    name: 'activitynet',
    tIoUs: activityNetTIoUs,
    subsets: ['validation', 'val'],
    dropsRepeatedGroundTruth: false,
    isClassAgnostic: false,
  },
  proposals: {
    name: 'proposals',
    tIoUs: activityNetTIoUs,
    subsets: ['validation', 'val'],
    dropsRepeatedGroundTruth: false,
    isClassAgnostic: true,
  },
};
