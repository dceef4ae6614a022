// Protects: a long table is read in pieces that say the same as the whole, comes in part by part as one step to undo, and
// is the same rows when it comes again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openProjectStudio } from '../testing/open-studio.ts';
import { parseCsv } from './codecs/csv.ts';
import { MergedAnnotations } from './merged-annotations.ts';
import { tablePieces } from './table-pieces.ts';

describe('a table in pieces', () => {
  const cell = fc.constantFrom('jump', 'a, b', 'two\nlines', 'a "word"', 'é');
  const row = fc.record({ label: cell, start: fc.nat(50), blank: fc.boolean() });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  test('says what the whole says, line by line', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 20, max: 200 }), (rows, length) => {
        const lines = rows.map(
          ({ label, start, blank }) => `a.mp4,${quoted(label)},${start},${start + 1}\n${blank ? '\n' : ''}`,
        );
        const text = `video,label,start_s,end_s\n${lines.join('')}`;
        const whole = parseCsv(text);
        const merged = new MergedAnnotations();
        const chunks = Array.from({ length: Math.ceil(text.length / 50) }, (_, index) =>
          text.slice(index * 50, index * 50 + 50),
        );
        for (const piece of tablePieces(chunks, length)) merged.add(parseCsv(piece.text, 'The file', piece.start));
        expect([...merged.segments]).toEqual(whole.segments);
        expect(merged.classes).toEqual(whole.classes);
        expect(merged.videos).toEqual(whole.videos);
      }),
    );
  });
});

test(
  'twelve thousand rows are one step to undo, and are known when they come again',
  { timeout: 120_000 },
  async () => {
    const studio = await openProjectStudio();
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    const file = join(studio.folder, 'long.csv');
    const rows = Array.from(
      { length: 12_000 },
      (_, index) => `film.mp4,class ${index % 7},${index % 9},${(index % 9) + 0.5}`,
    );
    writeFileSync(file, `video,label,start_s,end_s\n${rows.join('\n')}\nfilm.mp4,class 1,5,4\n`);
    const come = () => studio.client.transfer.import({ format: 'csv', place: studio.placeOf(file).token });
    const first = await come();
    expect(first).toMatchObject({ addedSegments: 12_000, addedClasses: 7, unchanged: 0 });
    expect(first.leftOut).toHaveLength(1);
    expect(await come()).toMatchObject({ addedSegments: 0, addedClasses: 0, unchanged: 12_000 });
    await studio.client.history.undo();
    expect(await studio.client.classes.list()).toEqual([]);
    await studio.client.history.redo();
    expect(await studio.client.classes.list()).toHaveLength(7);
  },
);
