import { z } from 'zod';
import { say, type Saying } from './saying.ts';

/** What a column of a table of segments may say. */
export const columnRoles = [
  'video',
  'label',
  'start',
  'end',
  'duration',
  'score',
  'annotator',
  'note',
  'split',
  'state',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** In seconds a cell may also be a clock, as `1:02:03.5`; a timecode counts frames, `;` before them drop-frame. */
export const timeUnit = z.enum(['s', 'ms', 'frames', 'timecode']);

const columnName = z.string().max(1000).nullable();

/** How a table that somebody else laid out is read. */
export const tableColumns = z.object({
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Before the fraction of a number; the other of the two may part its thousands. */
  decimal: z.enum(['.', ',']),
  /** Whether the first line names the columns; else they are `column 1` and so on. */
  header: z.boolean(),
  /** The column of each role by its name; null: none. Without one for videos, the file is named after its video. */
  roles: z.object({
    video: columnName,
    label: columnName,
    start: columnName,
    end: columnName,
    duration: columnName,
    score: columnName,
    annotator: columnName,
    note: columnName,
    split: columnName,
    state: columnName,
  } satisfies Record<ColumnRole, typeof columnName>),
  unit: timeUnit,
  /** The number of a video's first frame, where frames are counted. */
  firstFrame: z.union([z.literal(0), z.literal(1)]),
  /** Whether the frame or timecode of the end still belongs to the segment. */
  endIncluded: z.boolean(),
  /** Frames per second by which timecodes count. */
  rate: z.number().min(1).max(1000),
});
export type TableColumns = z.infer<typeof tableColumns>;

/** What is to be chosen before a table can be read, as the rest of a sentence; null where nothing is missing. */
export function missingColumn({ roles }: Pick<TableColumns, 'roles'>): Saying | null {
  if (roles.label === null) return say('a column of classes');
  if (roles.start === null) return say('a column of starts');
  return roles.end === null && roles.duration === null ? say('a column of ends or durations') : null;
}

/** Before the name of an attribute, in the head of its column. */
const ofAttribute = 'attribute: ';

/** The head of an attribute's column in tables of ours. */
export const attributeHead = (name: string): string => `${ofAttribute}${name}`;

/** The attribute that the head of a column names; null where it names none. */
export function attributeOfHead(head: string): string | null {
  const name = head.slice(ofAttribute.length).trim();
  return head.toLowerCase().startsWith(ofAttribute) && name !== '' ? name : null;
}
