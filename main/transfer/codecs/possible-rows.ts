import type { ImportedAnnotations, ImportedSegment, RowFault } from '../annotation-set.ts';
import type { TableStart } from '../table-pieces.ts';
import { unreadableAnnotations } from './json-file.ts';

/**
 * The rows that can be taken into a project: times in order, scores in [0, 1], a class. The others become faults.
 * Fails with `unreadable-annotations`, naming the first fault, where a whole file has rows but none that is good.
 */
export function possibleRows(
  annotations: ImportedAnnotations,
  file: string,
  format: string,
  start?: TableStart,
): ImportedAnnotations {
  const faults: RowFault[] = [...annotations.faults];
  const segments = annotations.segments.filter((segment) => {
    const fault = faultOf(segment);
    if (fault !== null) {
      const [reason, said] = fault;
      faults.push({ place: segment.place, reason, said: `${segment.place} ${said}` });
    }
    return fault === null;
  });
  if (segments.length === 0 && faults.length > 0 && start === undefined)
    throw unreadableAnnotations(file, format, faults[0]!.said);
  return { ...annotations, segments, faults };
}

function faultOf(segment: ImportedSegment): readonly [string, string] | null {
  const { score, class: label } = segment;
  const [start, end, unit] =
    'startS' in segment ? [segment.startS, segment.endS, 's'] : [segment.startFrame, segment.endFrame, 'frames'];
  if (!(end > start))
    return ['a segment must end after it starts', `must end after it starts, not ${start} ${unit} to ${end} ${unit}`];
  if (label === null) return ['a segment needs a class', 'has no class'];
  if (score !== null && !(score >= 0 && score <= 1))
    return ['a score is between 0 and 1', `has the score ${score}, which is not between 0 and 1`];
  return null;
}
