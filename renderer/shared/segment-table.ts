import { stringify } from 'csv-stringify/browser/esm/sync';
import type { Segment } from '#preload/domain/segment.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { formulaCell } from '#preload/domain/spreadsheet-cells.ts';

const columns = ['video', 'label', 'start_s', 'end_s', 'state', 'note'];

/** Segments of a video as a spreadsheet takes them from the clipboard, by the columns of the CSV table. Pure. */
export const segmentTable = (
  segments: readonly Segment[],
  video: string,
  classNameOf: (classId: number) => string,
): string =>
  stringify(
    segments.map(({ classId, startUs, endUs, state, note }) => ({
      video: formulaCell(video),
      label: formulaCell(classNameOf(classId)),
      start_s: secondsOf(startUs),
      end_s: secondsOf(endUs),
      state,
      note: formulaCell(note),
    })),
    { header: true, columns, delimiter: '\t' },
  );
