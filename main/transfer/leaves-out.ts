import { segmentAspect, type LeftOutAspect, type SegmentAspect } from '#preload/domain/segment-aspect.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { AnnotationSet } from './annotation-set.ts';
import type { Format } from './format.ts';
import { valuesOf } from './said-details.ts';

const counting =
  (says: (segment: Segment) => boolean) =>
  ({ segments }: AnnotationSet): number =>
    segments.filter(says).length;

/** How often each is said in a set: by how many segments, or of attributes how many have a value. */
const saidIn: Readonly<Record<SegmentAspect, (set: AnnotationSet) => number>> = {
  // Where all are in one state, nothing tells them apart.
  states: ({ segments }) => (new Set(segments.map(({ state }) => state)).size > 1 ? segments.length : 0),
  scores: counting(({ score }) => score !== null),
  notes: counting(({ note }) => note !== ''),
  annotators: counting(({ annotator }) => annotator !== undefined),
  subjects: counting(({ subject }) => subject !== undefined),
  ambiguous: counting(({ ambiguous }) => ambiguous === true),
  locks: counting(({ locked }) => locked === true),
  attributes: ({ segments, attributes }) =>
    attributes.filter((one) => segments.some((segment) => valuesOf(segment, [one]) !== undefined)).length,
  points: ({ segments, classes }) => {
    const points = new Set(classes.flatMap(({ id, kind }) => (kind === 'point' ? id : [])));
    return segments.filter(({ classId }) => points.has(classId)).length;
  },
};

export interface ExportedAspects {
  readonly keeps: SegmentAspect[];
  readonly leavesOut: LeftOutAspect[];
}

/** Which of what may be said of segments a format keeps, and which of what this set does say it leaves out. */
export function aspectsOfExport({ keeps }: Pick<Format, 'keeps'>, set: AnnotationSet): ExportedAspects {
  const kept = new Set<string>(keeps);
  return {
    keeps: segmentAspect.options.filter((aspect) => kept.has(aspect)),
    leavesOut: segmentAspect.options.flatMap((aspect) => {
      const count = kept.has(aspect) ? 0 : saidIn[aspect](set);
      return count === 0 ? [] : [{ aspect, count }];
    }),
  };
}
