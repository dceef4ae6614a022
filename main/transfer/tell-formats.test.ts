// Protects: a file tells by itself what it is. What a format writes is told to be that; what no format writes, to be none.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { filmTable } from '../testing/annotation-sets.ts';
import { drawnSet } from '../testing/drawn-set.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { AnnotationSet } from './annotation-set.ts';
import { formats } from './formats.ts';
import { tellFormats } from './tell-formats.ts';

const frameUs = 33_367;
const setOf = (spans: readonly (readonly [video: number, label: number, from: number, to: number])[]): AnnotationSet =>
  drawnSet(
    {
      videos: ['meeting.mp4', 'yard.mp4'].map((name, index) => ({
        id: index + 1,
        name,
        path: `/lab/${name}`,
        split: 'train',
        checksum: String(index + 1).repeat(64),
        facts: filmFacts(200, { averageFps: 30, lastFrameUs: 199 * frameUs, endUs: 200 * frameUs }),
        frames: () => filmTable,
      })),
      labels: ['high jump', 'long jump'],
      segments: spans.map(([videoId, classId, from, to], index) =>
        drawnSegment({ id: index + 1, videoId, classId, startUs: from * frameUs, endUs: to * frameUs }),
      ),
    },
    { states: ['accepted', 'proposed', 'rejected'] },
  );
const some = setOf([
  [1, 1, 30, 75],
  [1, 2, 90, 150],
  [2, 1, 0, 20],
  [2, 2, 60, 180],
]);
const ofWholeVideos = setOf([
  [1, 1, 0, 200],
  [2, 2, 0, 200],
]);

describe('what a format writes', () => {
  test.each(
    formats
      .filter(({ read, write }) => read !== undefined && write !== undefined)
      .map((format) => [format.id, format] as const),
  )('%s', async (id, format) => {
    const folder = temporaryFolder();
    const written = [some, ofWholeVideos]
      .map((set) => format.write!(set))
      .find(
        (each) =>
          !('files' in each) ||
          each.files.some(({ name, text }) => text.trim() !== '' && format.companions?.test(name) !== true),
      )!;
    let place = path.join(folder, `labels.${format.extensions[0]!}`);
    if ('files' in written) {
      place = path.join(folder, 'labels');
      for (const { name, text } of written.files) {
        const file = path.join(place, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    } else writeFileSync(place, written.text);
    expect((await tellFormats(place, () => undefined))[0]).toBe(id);
  });
});

describe('what no format writes', () => {
  test.each([
    ['notes.json', '{"a": [1, 2, 3]}'],
    ['cut-off.json', '{"database": {"meeting": {"annot'],
    ['onsets.csv', 'behaviour;onset;offset\njump;0,4;1,2\n'],
    ['empty.csv', ''],
    ['picture.png', '\u0089PNG'],
  ])('%s', async (name, text) => {
    const file = path.join(temporaryFolder(), name);
    writeFileSync(file, text);
    expect(await tellFormats(file, () => undefined)).toEqual([]);
  });
});
