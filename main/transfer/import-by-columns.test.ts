// Protects: a table of anybody's layout goes in as its first rows are shown, is remembered, and is read the same in pieces.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importChoices } from '#preload/contract/transfer-choices.ts';
import { openProjectStudio } from '../testing/open-studio.ts';
import { readMappedTable } from './codecs/mapped-table.ts';
import { MergedAnnotations } from './merged-annotations.ts';
import { tablePieces } from './table-pieces.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('what the first rows show is what is stored, who labelled it too', async () => {
  const studio = await openProjectStudio();
  const [videoId] = await studio.addVideos({ 'film.mp4': 'a: 300' });
  const place = (name: string, text: string): string => {
    writeFileSync(join(studio.folder, name), text);
    return studio.placeOf(join(studio.folder, name)).token;
  };
  const table = 'Film;Handlung;von;bis;coder\nfilm;laufen;1,03;2,5;Ana\nfilm;sitzen;x;4;Ben\nfilm;sitzen;3;4;\n';
  const file = place('a.csv', table);
  const guess = await studio.client.transfer.lookAtTable({ place: file, columns: null });
  expect(guess).toMatchObject({ by: 'guess', columns: { delimiter: ';', decimal: ',' } });
  const columns = {
    ...guess.columns,
    roles: { ...guess.columns.roles, video: 'Film', label: 'Handlung', start: 'von', end: 'bis', annotator: 'coder' },
  };
  const look = await studio.client.transfer.lookAtTable({ place: file, columns });
  expect(look.missing).toBeNull();
  expect(inEnglish(look.rows.map(({ fault }) => fault))).toEqual([null, 'the start "x" is no time in seconds', null]);
  const choices = { ...importChoices.parse({}), columns };
  const request = { format: 'csv', place: file, choices };
  const would = await studio.client.transfer.previewImport(request);
  expect(would).toMatchObject({ addedSegments: 2, addedClasses: 2 });
  expect(inEnglish(would.leftOut)).toEqual([{ place: 'line 3, row 2', reason: 'the start "x" is no time in seconds' }]);
  await studio.client.transfer.import(request);
  const stored = await studio.client.segments.list({ videoId: videoId! });
  expect(stored.map(({ startUs, endUs }) => ({ startUs, endUs }))).toEqual(
    look.rows.flatMap(({ read }) => (read?.span ? { startUs: read.span.startUs, endUs: read.span.endUs } : [])),
  );
  expect(stored.map(({ annotator }) => annotator)).toEqual(['Ana', undefined]);
  // The next table of this layout needs no choice; one without its columns is guessed anew.
  const next = await studio.client.transfer.lookAtTable({ place: place('b.csv', table), columns: null });
  expect(next).toMatchObject({ by: 'memory', columns });
  const other = await studio.client.transfer.lookAtTable({ place: place('c.csv', 'video,label\n'), columns: null });
  expect(inEnglish(other)).toMatchObject({ by: 'guess', missing: 'a column of starts' });
});

test('the end may be told by a duration, frames may count from 1, and a file may be named for its video', async () => {
  const studio = await openProjectStudio();
  const [videoId] = await studio.addVideos({ 'film.mp4': 'a: 300' });
  const file = join(studio.folder, 'film.txt');
  writeFileSync(file, '11\t10\trun\n');
  const place = studio.placeOf(file).token;
  const { columns } = await studio.client.transfer.lookAtTable({ place, columns: null });
  const asked = {
    ...columns,
    unit: 'frames' as const,
    firstFrame: 1 as const,
    roles: { ...columns.roles, video: null, label: 'column 3', start: 'column 1', end: null, duration: 'column 2' },
  };
  await studio.client.transfer.import({
    format: 'csv',
    place,
    choices: { ...importChoices.parse({}), columns: asked },
  });
  const [segment] = await studio.client.segments.list({ videoId: videoId! });
  const look = await studio.client.transfer.lookAtTable({ place, columns: asked });
  expect(look.rows[0]!.read!.span).toEqual({
    startUs: segment!.startUs,
    endUs: segment!.endUs,
    startFrame: 10,
    endFrame: 20,
  });
});

test.each([true, false])('a long table is read in pieces as it is at once (header: %s)', (header) => {
  const lines = Array.from({ length: 300 }, (_, row) => `v${row % 3};"a\nb";${row};${row % 7 === 0 ? 'x' : row + 1}`);
  const text = `${header ? ['v;l;s;e', ...lines].join('\n') : lines.join('\n')}\n`;
  const names = header ? ['v', 'l', 's', 'e'] : ['column 1', 'column 2', 'column 3', 'column 4'];
  const [video, label, start, end] = names as [string, string, string, string];
  const columns = {
    delimiter: ';' as const,
    decimal: '.' as const,
    header,
    roles: {
      video,
      label,
      start,
      end,
      duration: null,
      score: null,
      annotator: null,
      note: null,
      split: null,
      state: null,
    },
    unit: 's' as const,
    firstFrame: 0 as const,
    endIncluded: false,
    rate: 25,
  };
  const whole = readMappedTable(text, 'x.csv', columns);
  const merged = new MergedAnnotations();
  let pieces = 0;
  for (const piece of tablePieces([text], 400)) {
    merged.add(readMappedTable(piece.text, 'x.csv', columns, piece.start));
    pieces += 1;
  }
  expect(pieces).toBeGreaterThan(3);
  expect([...merged.segments]).toEqual(whole.segments);
  expect([...merged.faults]).toEqual(whole.faults);
  expect(whole.segments).toHaveLength(257);
});
