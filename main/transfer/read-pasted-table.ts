import { stringify } from 'csv-stringify/sync';
import { isOfClass } from '#preload/domain/attribute.ts';
import type { Attribute, AttributeValue, AttributeValues } from '#preload/domain/attribute.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { mostNewSegments, type PastedTable } from '#preload/domain/new-segment.ts';
import { microsecondsOf } from '#preload/domain/span.ts';
import { missingColumn, type TableColumns } from '#preload/domain/table-columns.ts';
import type { ImportedClassChoice } from '#preload/contract/transfer-choices.ts';
import { classNameKey, readableClassName } from '../annotation/class-names.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { ImportedSegment, SaidValues } from './annotation-set.ts';
import { firstRecords, guessColumns } from './codecs/guess-columns.ts';
import { columnNames, readMappedTable } from './codecs/mapped-table.ts';
import { fitSegment } from './fit-row.ts';
import { asKind, valuesLeftOut } from './meet-attributes.ts';
import { meetClasses } from './meet-classes.ts';
import { meetVideos } from './meet-videos.ts';
import type { RowWithReason } from '#preload/domain/new-segment.ts';

/** How messages call what lies in the clipboard, and what it is not. */
const file = 'What was copied';
const format = say('a table of segments');

export interface TablePaste {
  readonly videoId: number;
  readonly text: string;
  /** Where the earliest is to start; null: at the times of the table. */
  readonly fromUs: number | null;
  /** Of rows that name no class; null: such a table is refused. */
  readonly classId: number | null;
  /** By the names as `newClasses` answers them. */
  readonly classes: readonly ImportedClassChoice[];
}

/**
 * The segments that a table of text means in one video, its columns told by their names and by what stands in them, and
 * each row that cannot be taken with the reason. Fails with `unreadable-annotations` where none can, and with `bad-input`
 * for more rows than can be made at once.
 */
export function readPastedTable(project: OpenProject, wish: TablePaste): PastedTable {
  const { facts } = project.video(wish.videoId);
  const frames = project.frames(wish.videoId);
  const classes = project.database.classes.all();
  const guess = guessColumns(wish.text, {
    seconds: facts.endUs / 1_000_000,
    frames: facts.frameCount,
    fps: facts.averageFps,
  });
  const defaultName = classes.find(({ id }) => id === wish.classId)?.name ?? null;
  const { text, columns } = plainTable(wish.text, guess, defaultName);
  const missing = missingColumn(columns);
  if (missing !== null)
    throw new Failure(
      'unreadable-annotations',
      say('{{file}} is not {{format}}: {{missing}} is missing. Name its columns class, start and end.', {
        file,
        format,
        missing,
      }),
    );
  const imported = readMappedTable(text, file, columns);
  if (imported.segments.length > mostNewSegments)
    throw new Failure(
      'bad-input',
      say('{{rows}} rows are more than {{most}}: save the table as a file and import that.', {
        rows: imported.segments.length,
        most: mostNewSegments,
      }),
    );
  const leftOut: RowWithReason[] = imported.faults.map(({ place, reason }) => ({ place, reason }));
  const isOther = otherVideos(project, wish.videoId, imported.videos);
  const chosen = new Map(wish.classes.map(({ name, to }) => [name, to]));
  const choices = imported.classes.flatMap(({ name }) => {
    const to = chosen.get(readableClassName(name));
    return to === undefined ? [] : { name, to };
  });
  const met = meetClasses(imported.classes, classes, choices);
  const moved = wish.fromUs === null ? asItIs : movedTo(wish.fromUs, imported.segments, frames);
  const newNames = new Set<string>();
  const said = new PastedValues(project.database.attributes.present());
  const rows = imported.segments.flatMap((segment) => {
    const { place, state, note } = segment;
    const refuse = (reason: Saying): [] => {
      leftOut.push({ place, reason });
      return [];
    };
    const meeting = met[segment.class!]!;
    if (isOther(segment.video))
      return refuse(
        say('it is of another video, {{fileName}}', { fileName: imported.videos[segment.video]!.fileName }),
      );
    if (meeting.fault !== null) return refuse(meeting.fault);
    if (meeting.by === 'ignored') return refuse(say('its class is left out'));
    const fit = fitSegment(moved(segment), frames);
    if (fit === null) return refuse(say('it lies outside the video'));
    const name = readableClassName(imported.classes[segment.class!]!.name);
    if (meeting.classId === null) newNames.add(name);
    const { subject, ambiguous } = segment;
    const attributes = said.valuesOf(segment.values, meeting.classId);
    return {
      ...fit.span,
      class: meeting.classId ?? name,
      state,
      note,
      place,
      cut: fit.isCut,
      ...(subject !== undefined && { subject }),
      ...(ambiguous && { ambiguous: true as const }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
    };
  });
  return { rows, newClasses: [...newNames], warnings: said.warnings(), leftOut };
}

/** Values of rows by the project's attributes; a table in the clipboard makes no new ones. */
class PastedValues {
  readonly #attributes: ReadonlyMap<string, Attribute>;
  readonly #lost = new Map<string, number>();

  constructor(attributes: readonly Attribute[]) {
    this.#attributes = new Map(attributes.map((one) => [classNameKey(one.name), one]));
  }

  /** @param classId null for a class that is not there yet */
  valuesOf(said: SaidValues | undefined, classId: number | null): AttributeValues {
    const taken: Record<string, AttributeValue> = {};
    for (const [name, value] of Object.entries(said ?? {})) {
      const attribute = this.#attributes.get(classNameKey(name));
      const isMeant = attribute !== undefined && isOfClass(attribute, classId ?? 0);
      const fit = isMeant ? asKind(attribute, value) : null;
      if (fit === null) this.#lost.set(name, (this.#lost.get(name) ?? 0) + 1);
      else taken[attribute!.id] = fit;
    }
    return taken;
  }

  warnings(): Saying[] {
    return [...this.#lost].map(([name, count]) => valuesLeftOut(name, count));
  }
}

/**
 * The table with every cell quoted as it should be, since spreadsheets put cells with quotes inside as they are; one without a
 * column of classes gets one in which each row says `name`.
 */
function plainTable(
  text: string,
  columns: TableColumns,
  name: string | null,
): { readonly text: string; readonly columns: TableColumns } {
  const { delimiter, header, roles } = columns;
  const records = firstRecords(text, delimiter, Number.MAX_SAFE_INTEGER);
  if (roles.label !== null || name === null) return { text: stringify(records, { delimiter }), columns };
  const names = columnNames(records[0] ?? [], header);
  const label = header ? 'given class' : `column ${names.length + 1}`;
  const rows = records.map((cells, index) => [
    ...names.map((_, column) => cells[column] ?? ''),
    header && index === 0 ? label : name,
  ]);
  return { text: stringify(rows, { delimiter }), columns: { ...columns, roles: { ...roles, label } } };
}

/** Of a table that names several videos, those that are not this one; a single name is nobody else's. */
function otherVideos(
  project: OpenProject,
  videoId: number,
  videos: Parameters<typeof meetVideos>[0]['videos'],
): (index: number) => boolean {
  if (videos.length < 2) return () => false;
  const met = meetVideos({ videos, segmentsOfVideo: videos.map(() => 1) }, project.database.videos.present());
  return (index) => met.videos[index]?.id !== videoId;
}

const asItIs = (segment: ImportedSegment): ImportedSegment => segment;

/** Later or earlier, so that the earliest starts at `fromUs`; a table is in times throughout, or in frames. */
function movedTo(
  fromUs: number,
  segments: readonly ImportedSegment[],
  frames: FrameTable,
): (segment: ImportedSegment) => ImportedSegment {
  const first = segments.reduce((least, segment) => Math.min(least, startOf(segment)), Infinity);
  const byFrames = frames.frameAt(fromUs) - first;
  const later = (timeS: number): number => (microsecondsOf(timeS) + fromUs - first) / 1_000_000;
  return (segment) =>
    'startS' in segment
      ? { ...segment, startS: later(segment.startS), endS: later(segment.endS) }
      : { ...segment, startFrame: segment.startFrame + byFrames, endFrame: segment.endFrame + byFrames };
}

/** Microseconds, or the number of a frame. */
const startOf = (segment: ImportedSegment): number =>
  'startS' in segment ? microsecondsOf(segment.startS) : segment.startFrame;
