import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { microsecondsPerSecond, secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, NamedText, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { heldSegments, type HeldVideo } from './held-segments.ts';
import { filePerPart, partOfFile } from './part-files.ts';
import { SegmentRows } from './segment-rows.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { recordsOf } from './table-file.ts';
import { inLine } from './row-places.ts';

export const ava: Format = {
  id: 'ava',
  name: 'AVA CSV',
  extensions: ['csv'],
  description:
    'One row per second, person and action, and beside it the list of actions. Rows of one person and action in consecutive seconds are one segment, half a second around the first and last.',
  layout: 'folder',
  companions: /action_list.*\.pbtxt$/iu,
  keeps: ['classes without segments', 'splits'],
  read,
  write,
};

const format = say('an AVA table of actions');

function read(text: string, file: string, companions: readonly NamedText[] = []): ImportedAnnotations {
  const names = actionNames(companions);
  const part = partOfFile(file);
  const rows = new SegmentRows('ava');
  for (const name of names.values()) rows.label(name);
  const runs = new Map<
    string,
    { readonly video: string; readonly action: string; readonly seconds: Map<number, number> }
  >();
  for (const { cells, line } of recordsOf(text, ',', file, format)) {
    const [video = '', second = '', , , , , action = '', person = ''] = cells.map((cell) => plainCell(cell.trim()));
    const at = Number(second);
    if (cells.length < 7 || second === '' || !Number.isFinite(at) || action === '') {
      // A segment of the film without a person is a row without an action.
      if (cells.length < 7 || !Number.isFinite(at) || second === '')
        rows.refuse(inLine(line), say('a row has a video, a second, a box, an action and a person'));
      else rows.video(video, part);
      continue;
    }
    const key = JSON.stringify([video, action, person]);
    const run = runs.get(key) ?? { video, action, seconds: new Map<number, number>() };
    runs.set(key, run);
    run.seconds.set(at, line);
  }
  for (const { video, action, seconds } of runs.values()) {
    const label = names.get(action) ?? action;
    rows.video(video, part);
    for (const [first, last] of consecutive([...seconds.keys()].toSorted((a, b) => a - b)))
      rows.add({ place: inLine(seconds.get(first)!), video, label, startS: first - 0.5, endS: last + 0.5 });
  }
  return rows.done(file, format);
}

/** First and last of each run of numbers that are one apart. */
function consecutive(sorted: readonly number[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const value of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && value - run[1] <= 1) run[1] = value;
    else runs.push([value, value]);
  }
  return runs;
}

/** `item { id: 12 name: "stand" }` or `label { name: "stand" label_id: 12 }`. */
function actionNames(companions: readonly NamedText[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { text } of companions) {
    for (const [item] of text.matchAll(/\{[^{}]*\}/gu)) {
      const id = /\b(?:label_)?id\s*:\s*(\d+)/u.exec(item)?.[1];
      const name = /\bname\s*:\s*"((?:[^"\\]|\\.)*)"/u.exec(item)?.[1];
      // Writers of protocol buffers leave zeros out.
      if (name !== undefined) names.set(id ?? '0', name.replaceAll(/\\(.)/gu, '$1'));
    }
  }
  return names;
}

/** A row for each whole second in the segment, or the nearest where there is none. Boxes are the whole picture. */
function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const rowsOf = ({ key, segments }: HeldVideo) =>
    segments.flatMap(({ labelId, startUs, endUs }, person) => {
      const first = Math.ceil(startUs / microsecondsPerSecond);
      const count = Math.ceil(endUs / microsecondsPerSecond) - first;
      const seconds =
        count > 0 ? Array.from({ length: count }, (_, index) => first + index) : [middleSecond(startUs, endUs)];
      return seconds.map((second) => [
        formulaCell(key),
        String(second).padStart(4, '0'),
        '0.000',
        '0.000',
        '1.000',
        '1.000',
        labelId + 1,
        person,
      ]);
    });
  const list = set.classes.map(
    ({ name }, index) => `label {\n  name: ${JSON.stringify(name)}\n  label_id: ${index + 1}\n}\n`,
  );
  return {
    files: [
      ...filePerPart(
        videos,
        (part) => `ava${part}.csv`,
        (of) => stringify(of.flatMap(rowsOf)),
      ),
      { name: 'ava_action_list.pbtxt', text: list.join('') },
    ],
    warnings,
  };
}

const middleSecond = (startUs: number, endUs: number): number => Math.round(secondsOf((startUs + endUs) / 2));
