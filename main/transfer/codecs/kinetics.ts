import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { secondsOf } from '#preload/domain/span.ts';
import type {
  AnnotationSet,
  ExportedVideo,
  ImportedAnnotations,
  ImportedSegment,
  ImportedVideo,
  Written,
} from '../annotation-set.ts';
import type { Format } from '../format.ts';
import type { TableStart } from '../table-pieces.ts';
import { videoKeys } from '../video-names.ts';
import { readJson, unreadableAnnotations } from './json-file.ts';
import { possibleRows } from './possible-rows.ts';
import { NameList, RowReader } from './row-reader.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { readTable } from './table-file.ts';
import { subsetWord } from './subset-words.ts';
import { isAnnotatedVideos, readAnnotatedVideos } from './video-database.ts';
import { withoutRejected } from './without-rejected.ts';
import { classCell, numberCell, videoCell } from './needed-cell.ts';
import { inLineAndRow } from './row-places.ts';

export const kinetics: Format = {
  id: 'kinetics',
  name: 'Kinetics CSV',
  extensions: ['csv', 'json'],
  description:
    'One row per clip: label, youtube_id, time_start, time_end and split, as Kinetics is published; its JSON is read too.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'splits'],
  splitByDefault: 'validation',
  rowsStandAlone: true,
  read: (text, file, _, start) => read(text, file, start),
  write,
};

const format = say('a Kinetics table of clips');
const columns = ['label', 'youtube_id', 'time_start', 'time_end', 'split'] as const;

const schema = z.object({
  label: classCell,
  youtube_id: videoCell,
  time_start: numberCell(),
  time_end: numberCell(),
  split: z.string().trim(),
});

/** The split of a video is that of its first row. */
function read(text: string, file: string, start?: TableStart): ImportedAnnotations {
  if (/^\uFEFF?\s*\{/u.test(text)) {
    const json = readJson(text, file, format);
    if (!isAnnotatedVideos(json)) throw unreadableAnnotations(file, format, say('no video of it has “annotations”'));
    return possibleRows(readAnnotatedVideos(json, '', 'kinetics'), file, format);
  }
  const { keys, records } = readTable(text, file, format, columns.slice(0, 4), start);
  const rows = new RowReader();
  const [ids, labels] = [new NameList(), new NameList()];
  const videos: ImportedVideo[] = [];
  const segments: ImportedSegment[] = [];
  for (const { cells, line, row } of records) {
    const named = Object.fromEntries(columns.map((key) => [key, plainCell(cells[keys.indexOf(key)] ?? '')]));
    const place = inLineAndRow(line, row);
    const clip = rows.read(schema, named, { place });
    if (clip === null) continue;
    const video = ids.indexOf(clip.youtube_id);
    videos[video] ??= { fileName: clip.youtube_id, checksum: null, subset: clip.split || null, reviews: [] };
    segments.push({
      place,
      video,
      class: labels.indexOf(clip.label),
      startS: clip.time_start,
      endS: clip.time_end,
      state: 'accepted',
      isStateSaid: false,
      score: null,
      source: { kind: 'import', format: 'kinetics' },
      touched: true,
      ranking: [],
      note: '',
    });
  }
  const classes = labels.names.map((name) => ({ name }));
  return possibleRows({ classes, videos, segments, faults: rows.faults }, file, format, start);
}

/** Kinetics' word for the part of each. */
export const splitWords = (videos: readonly Pick<ExportedVideo, 'split'>[]) =>
  subsetWord({ videos }, { train: 'train', validation: 'validate', test: 'test' });

function write(set: AnnotationSet): Written {
  const { held, warnings } = withoutRejected(set);
  const className = new Map(set.classes.map(({ id, name }) => [id, name]));
  const keys = videoKeys(set.videos);
  const keyOf = new Map(set.videos.map(({ id }, index) => [id, keys[index]!]));
  const subsetOf = splitWords(set.videos);
  const splitOf = new Map(set.videos.map((video) => [video.id, subsetOf(video)]));
  const rows = held.map(({ videoId, classId, startUs, endUs }) => ({
    label: formulaCell(className.get(classId)!),
    youtube_id: formulaCell(keyOf.get(videoId)!),
    time_start: secondsOf(startUs),
    time_end: secondsOf(endUs),
    split: splitOf.get(videoId)!,
  }));
  return { text: stringify(rows, { header: true, columns: [...columns] }), warnings };
}
