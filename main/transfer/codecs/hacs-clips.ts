import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import type { TableStart } from '../table-pieces.ts';
import { videoKeys } from '../video-names.ts';
import { SegmentRows } from './segment-rows.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { subsetWord } from './subset-words.ts';
import { readTable } from './table-file.ts';
import { inLine } from './row-places.ts';

export const hacsClips: Format = {
  id: 'hacs-clips',
  name: 'HACS clips CSV',
  extensions: ['csv'],
  description: 'One row per clip; 1 where the clip shows the class (accepted), -1 where it does not (rejected).',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'rejected segments', 'splits'],
  splitByDefault: 'validation',
  rowsStandAlone: true,
  read: (text, file, _, start) => read(text, file, start),
  write,
};

const format = say('a HACS table of clips');
const columns = ['classname', 'youtube_id', 'subset', 'start', 'end', 'label'];

function read(text: string, file: string, start?: TableStart): ImportedAnnotations {
  const { keys, records } = readTable(
    text,
    file,
    format,
    columns.filter((key) => key !== 'subset'),
    start,
  );
  const rows = new SegmentRows('hacs-clips');
  for (const { cells, line } of records) {
    const cell = (key: string): string => plainCell(cells[keys.indexOf(key)] ?? '').trim();
    const place = inLine(line);
    const [label, video, from, to] = [cell('classname'), cell('youtube_id'), cell('start'), cell('end')];
    const [startS, endS] = [Number(from), Number(to)];
    const shows = Number(cell('label'));
    if (label === '' || video === '') rows.refuse(place, say('a row has a class and a video'));
    else if (from === '' || to === '' || !Number.isFinite(startS) || !Number.isFinite(endS))
      rows.refuse(place, say('times are numbers of seconds'));
    else if (shows !== 1 && shows !== -1) rows.refuse(place, say('a label is 1 or -1'));
    else {
      rows.video(video, cell('subset') || null);
      rows.add({ place, video, label, startS, endS, state: shows === 1 ? 'accepted' : 'rejected' });
    }
  }
  return rows.done(file, format, start);
}

function write(set: AnnotationSet): Written {
  const className = new Map(set.classes.map(({ id, name }) => [id, name]));
  const keys = videoKeys(set.videos);
  const keyOf = new Map(set.videos.map(({ id }, index) => [id, keys[index]!]));
  const subsetOf = subsetWord(set, { train: 'training', validation: 'validation', test: 'testing' });
  const partOf = new Map(set.videos.map((video) => [video.id, subsetOf(video)]));
  const rows = set.segments.map(({ videoId, classId, startUs, endUs, state }) => ({
    classname: formulaCell(className.get(classId)!),
    youtube_id: formulaCell(keyOf.get(videoId)!),
    subset: partOf.get(videoId)!,
    start: secondsOf(startUs),
    end: secondsOf(endUs),
    label: state === 'rejected' ? -1 : 1,
  }));
  return { text: stringify(rows, { header: true, columns }), warnings: [] };
}
