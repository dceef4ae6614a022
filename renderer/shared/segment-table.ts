import { stringify } from 'csv-stringify/browser/esm/sync';
import { type Attribute, valuesInSight } from '#preload/domain/attribute.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { formulaCell } from '#preload/domain/spreadsheet-cells.ts';
import { attributeHead } from '#preload/domain/table-columns.ts';

const columns = ['video', 'label', 'start_s', 'end_s', 'state', 'note'];

/**
 * Segments of a video as a spreadsheet takes them from the clipboard, by the columns of the CSV table; subject, doubt and
 * attributes have theirs where one of the segments has them. Pure.
 */
export function segmentTable(
  segments: readonly Segment[],
  video: string,
  classNameOf: (classId: number) => string,
  attributes: readonly Attribute[],
): string {
  const values = segments.map((segment) => valuesInSight(segment.attributes ?? {}, segment.classId, attributes));
  const said = attributes.filter(({ id }) => values.some((each) => each[id] !== undefined));
  return stringify(
    segments.map(({ classId, startUs, endUs, state, note, subject = '', ambiguous }, index) => ({
      video: formulaCell(video),
      label: formulaCell(classNameOf(classId)),
      start_s: secondsOf(startUs),
      end_s: secondsOf(endUs),
      state,
      note: formulaCell(note),
      subject: formulaCell(subject),
      ambiguous: ambiguous ? 'yes' : '',
      ...Object.fromEntries(
        said.map(({ id, name }) => [attributeHead(name), formulaCell(String(values[index]![id] ?? ''))]),
      ),
    })),
    {
      header: true,
      delimiter: '\t',
      columns: [
        ...columns,
        ...(segments.some(({ subject }) => subject !== undefined) ? ['subject'] : []),
        ...(segments.some(({ ambiguous }) => ambiguous) ? ['ambiguous'] : []),
        ...said.map(({ name }) => attributeHead(name)),
      ],
    },
  );
}
