import { say } from '#preload/domain/saying.ts';
import type { ImportedAnnotations } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { pairEvents } from './event-pairs.ts';
import { unreadableAnnotations } from './json-file.ts';
import { playedBefore } from './played-before.ts';
import { SegmentRows } from './segment-rows.ts';
import { plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { recordsOf } from './table-file.ts';

export const borisTabular: Format = {
  id: 'boris-tabular',
  name: 'BORIS tabular events',
  extensions: ['tsv', 'csv'],
  description:
    'One row per event, its start and its stop apart, as BORIS exports observations. Read only: BORIS opens projects.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'notes'],
  read,
};

const format = say('a BORIS table of events');

/** What stands above the table, of the observation, is passed over. */
function read(text: string, file: string): ImportedAnnotations {
  const records = recordsOf(text, text.includes('\t') ? '\t' : ',', file, format);
  const keysOf = (cells: readonly string[]) => cells.map((cell) => cell.trim().toLowerCase());
  const top = records.findIndex(({ cells }) => ['time', 'behavior'].every((key) => keysOf(cells).includes(key)));
  if (top < 0) throw unreadableAnnotations(file, format, say('no line of it names the columns Time and Behavior'));
  const keys = keysOf(records[top]!.cells);
  const rows = new SegmentRows('boris-tabular');
  const events = records.slice(top + 1).flatMap(({ cells, line }) => {
    const cell = (...names: readonly string[]): string =>
      plainCell(cells[keys.findIndex((key) => names.includes(key))] ?? '').trim();
    const [place, timeS] = [`line ${line}`, Number(cell('time'))];
    const [video, label] = [cell('media file path', 'media file name', 'media file'), cell('behavior')];
    if (label === '' || video === '' || cell('time') === '' || !Number.isFinite(timeS))
      rows.refuse(place, say('a row has a time, a media file and a behaviour'));
    else if (!/^(?:start|stop)$/iu.test(cell('status', 'behavior type')))
      rows.refuse(place, say('a point event has no length'));
    else {
      const key = JSON.stringify([video, label, cell('subject'), cell('modifiers', 'modifier')]);
      return [{ place, key, video, label, timeS, comment: cell('comment', 'comment start') }];
    }
    return [];
  });
  const byKey = new Map(events.map((one) => [one.key, one]));
  const before = playedBefore(events.map((event) => ({ ...event, recording: '' })));
  const { pairs, open } = pairEvents(events);
  for (const { place } of open) rows.refuse(place, say('a state that begins must end'));
  for (const { start, end } of pairs) {
    const { video, label } = byKey.get(start.key)!;
    const after = before('', video).map((one) => rows.video(one));
    const times = { startS: start.timeS, endS: end.timeS, ...(after.length > 0 && { after }) };
    rows.add({ place: start.place, video, label, note: start.comment, ...times });
  }
  return rows.done(file, format);
}
