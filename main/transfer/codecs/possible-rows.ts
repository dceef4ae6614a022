import type { ImportedAnnotations, ImportedSegment, RowFault } from '../annotation-set.ts';
import type { TableStart } from '../table-pieces.ts';
import { unreadableAnnotations } from './json-file.ts';
import { say, type SaidValue } from '#preload/domain/saying.ts';
import { saidSpan } from '../fit-row.ts';

/**
 * The rows that can be taken into a project: times in order, scores in [0, 1], a class. The others become faults.
 * Fails with `unreadable-annotations`, naming the first fault, where a whole file has rows but none that is good.
 */
export function possibleRows(
  annotations: ImportedAnnotations,
  file: string,
  format: SaidValue,
  start?: TableStart,
): ImportedAnnotations {
  const faults: RowFault[] = [...annotations.faults];
  const segments = annotations.segments.filter((segment) => {
    const fault = faultOf(segment);
    if (fault !== null) faults.push(fault);
    return fault === null;
  });
  if (segments.length === 0 && faults.length > 0 && start === undefined)
    throw unreadableAnnotations(file, format, faults[0]!.said);
  return { ...annotations, segments, faults };
}

function faultOf(segment: ImportedSegment): RowFault | null {
  const { place, score, class: label } = segment;
  const [start, end] = 'startS' in segment ? [segment.startS, segment.endS] : [segment.startFrame, segment.endFrame];
  if (!(end > start))
    return {
      place,
      reason: say('a segment must end after it starts'),
      said: say('{{place}} must end after it starts, not {{span}}', { place, span: saidSpan(segment) }),
    };
  if (label === null)
    return { place, reason: say('a segment needs a class'), said: say('{{place}} has no class', { place }) };
  if (score !== null && !(score >= 0 && score <= 1))
    return {
      place,
      reason: say('a score is between 0 and 1'),
      said: say('{{place}} has the score {{score}}, which is not between 0 and 1', { place, score: String(score) }),
    };
  return null;
}
