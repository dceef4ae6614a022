import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TableLook } from '#preload/contract/transfer-choices.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { missingColumn, type TableColumns } from '#preload/domain/table-columns.ts';
import type { OpenProject } from '../project/open-project.ts';
import { firstRecords, guessColumns, type LongestVideo } from './codecs/guess-columns.ts';
import { columnNames, readMappedTable } from './codecs/mapped-table.ts';
import { decodeText } from './decode-text.ts';
import { fitSegment } from './fit-row.ts';
import { meetVideos } from './meet-videos.ts';

/** Enough for some hundred rows. */
const lookedBytes = 1 << 17;
const shownRows = 8;

/**
 * The first rows of a table as some columns read them, in times of this project's videos. Without `columns` those that
 * the project remembers are tried, as far as the table has them; else they are guessed.
 * Fails with `bad-input` for a folder and `unreadable-annotations` for a file without letters.
 */
export async function lookAtTable(
  project: OpenProject,
  path: string,
  columns: TableColumns | null,
): Promise<TableLook> {
  const file = basename(path);
  const text = await beginningOf(path, file);
  const remembered = project.settings.tableColumns;
  const [chosen, by] =
    columns !== null
      ? [columns, 'choice' as const]
      : remembered !== null && hasColumns(text, remembered)
        ? [remembered, 'memory' as const]
        : [guessColumns(text, longestOf(project)), 'guess' as const];
  const records = firstRecords(text, chosen.delimiter, shownRows + 1);
  const names = columnNames(records[0] ?? [], chosen.header);
  const rows = (chosen.header ? records.slice(1) : records).slice(0, shownRows);
  const missing = missingColumn(chosen) ?? lostColumn(names, chosen);
  return {
    names,
    columns: chosen,
    by,
    missing,
    rows: rows.map((cells) =>
      missing === null
        ? { cells, ...readRow(project, cells, names, file, chosen) }
        : { cells, read: null, fault: null },
    ),
  };
}

/** A single row, read as the whole table is. */
function readRow(
  project: OpenProject,
  cells: readonly string[],
  names: readonly string[],
  file: string,
  columns: TableColumns,
): Pick<TableLook['rows'][number], 'read' | 'fault'> {
  const quoted = (row: readonly string[]): string =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(columns.delimiter);
  const text = columns.header ? `${quoted(names)}\n${quoted(cells)}` : quoted(cells);
  const start = { lines: 0, rows: 0 };
  const imported = readMappedTable(text, file, columns, start);
  const [segment] = imported.segments;
  if (segment === undefined) return { read: null, fault: imported.faults[0]?.reason ?? say('the row is empty') };
  const video =
    meetVideos({ ...imported, segmentsOfVideo: [1] }, project.database.videos.present()).videos[segment.video] ?? null;
  const frames = video && project.frames(video.id);
  const fit = frames && fitSegment(segment, frames);
  return {
    read: {
      video: imported.videos[segment.video]!.fileName,
      videoId: video?.id ?? null,
      label: imported.classes[segment.class!]!.name,
      span: fit && frames && { ...fit.span, ...frames.frameRange(fit.span) },
      score: segment.score,
    },
    fault:
      video === null ? say('its video is not in the project') : fit === null ? say('it lies outside its video') : null,
  };
}

const hasColumns = (text: string, columns: TableColumns): boolean => {
  const [first = []] = firstRecords(text, columns.delimiter, 1);
  return lostColumn(columnNames(first, columns.header), columns) === null;
};

function lostColumn(names: readonly string[], { roles }: TableColumns): Saying | null {
  const lost = Object.values(roles).find((name): name is string => name !== null && !names.includes(name));
  return lost === undefined ? null : say('another column than "{{lost}}", which it has not', { lost });
}

function longestOf(project: OpenProject): LongestVideo | null {
  const facts = project.database.videos.present().map((video) => video.facts);
  if (facts.length === 0) return null;
  return {
    seconds: Math.max(...facts.map(({ endUs }) => endUs)) / 1_000_000,
    frames: Math.max(...facts.map(({ frameCount }) => frameCount)),
    fps: facts.reduce((a, b) => (b.endUs > a.endUs ? b : a)).averageFps,
  };
}

/** The first lines of a file, whole ones where it is longer. */
async function beginningOf(path: string, file: string): Promise<string> {
  const { size } = await stat(path).then((found) => {
    if (found.isDirectory())
      throw new Failure('bad-input', say('{{file}} is a folder; choose one of its tables.', { file }), { file });
    return found;
  });
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, lookedBytes)));
    const isCut = bytesRead < size;
    // A letter of several bytes may be cut as well: the last line goes.
    const lastLine = buffer.lastIndexOf(0x0a, bytesRead);
    const whole = isCut && lastLine > 0 ? buffer.subarray(0, lastLine + (buffer[0] === 0xff ? 2 : 1)) : buffer;
    return decodeText(whole.subarray(0, Math.min(whole.length, bytesRead)), file).text;
  } finally {
    await handle.close();
  }
}
