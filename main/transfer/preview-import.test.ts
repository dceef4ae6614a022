// Protects: what is said before an import is what the import then does, nothing is written before, choices hold, and one
// undo takes all of it back.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importChoices } from '#preload/contract/transfer-choices.ts';
import { openProjectStudio } from '../testing/open-studio.ts';
import type { TestStudio } from '../testing/open-studio.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const table = `video,label,start_s,end_s,split
jump.mp4,HighJump,1,2,train
v_jump,HighJump,3,4,train
run.mp4,run,1,2,test
run.mp4,run,5,4,test
run.mp4,run,nonsense,4,test
run.mp4,run,9,99,test
run.mp4,walk,200,201,test
run.mp4,sit,2,3,test
elsewhere.mp4,run,1,2,test
`;

async function withTable(text = table): Promise<{ studio: TestStudio; request: { format: string; place: string } }> {
  const studio = await openProjectStudio(['high jump', 'running']);
  await studio.addVideos({ 'jump.mp4': 'a: 300', 'run.mp4': 'b: 300' });
  const file = join(studio.folder, 'labels.csv');
  writeFileSync(file, text);
  return { studio, request: { format: 'csv', place: studio.placeOf(file).token } };
}

const segmentsOf = async ({ client }: TestStudio) => {
  const all = await Promise.all((await client.videos.list()).map(({ id }) => client.segments.list({ videoId: id })));
  return all.flat();
};

test('the preview names every video, class and row, and writes nothing', async () => {
  const { studio, request } = await withTable();
  const would = await studio.client.transfer.previewImport(request);
  expect(would.videos).toEqual({
    found: 2,
    missing: 2,
    rows: [
      { name: 'v_jump', segments: 1, by: 'several', videoId: null, split: 'train' },
      { name: 'elsewhere.mp4', segments: 1, by: 'none', videoId: null, split: 'test' },
      { name: 'jump.mp4', segments: 1, by: 'name', videoId: 1, split: 'train' },
      { name: 'run.mp4', segments: 4, by: 'name', videoId: 2, split: 'test' },
    ],
  });
  expect(would.classes).toEqual([
    { name: 'HighJump', segments: 2, by: 'spelling', classId: 1 },
    { name: 'run', segments: 3, by: 'new', classId: null },
    { name: 'walk', segments: 1, by: 'new', classId: null },
    { name: 'sit', segments: 1, by: 'new', classId: null },
  ]);
  expect(inEnglish(would.leftOut.map(({ place }) => place))).toEqual([
    'line 6, row 5',
    'line 5, row 4',
    'line 8, row 7',
  ]);
  expect(inEnglish(would.cut.map(({ place }) => place))).toEqual(['line 7, row 6']);
  expect(would).toMatchObject({ addedSegments: 4, addedClasses: 2, unchanged: 0, movedVideos: 2 });
  expect(await segmentsOf(studio)).toEqual([]);
  expect(await studio.client.classes.list()).toHaveLength(2);
  expect(await studio.client.history.state()).toMatchObject({ redo: null });
});

test('the import does what was said, and one undo takes it back', async () => {
  const { studio, request } = await withTable();
  const would = await studio.client.transfer.previewImport(request);
  const done = await studio.client.transfer.import(request);
  expect(done).toEqual({
    addedSegments: would.addedSegments,
    addedClasses: would.addedClasses,
    unchanged: would.unchanged,
    cut: would.cut,
    leftOut: would.leftOut,
    warnings: would.warnings,
  });
  expect(await segmentsOf(studio)).toHaveLength(4);
  expect((await studio.client.videos.list()).map(({ split }) => split)).toEqual(['train', 'test']);
  expect(await studio.client.transfer.previewImport(request)).toMatchObject({ addedSegments: 0, unchanged: 4 });
  await studio.client.history.undo();
  expect(await segmentsOf(studio)).toEqual([]);
  expect(await studio.client.classes.list()).toHaveLength(2);
  expect((await studio.client.videos.list()).map(({ split }) => split)).toEqual([null, null]);
});

test('choices map, ignore and make classes, name videos, set states and leave splits out', async () => {
  const { studio, request } = await withTable();
  const choices = importChoices.parse({
    classes: [
      { name: 'HighJump', to: 'new' },
      { name: 'run', to: 2 },
      { name: 'sit', to: 'ignore' },
    ],
    videos: [
      { name: 'elsewhere.mp4', videoId: 1 },
      { name: 'jump.mp4', videoId: null },
    ],
    as: 'proposed',
    splits: false,
  });
  const would = await studio.client.transfer.previewImport({ ...request, choices });
  expect(would).toMatchObject({ addedSegments: 3, addedClasses: 0, ignored: 1, movedVideos: 0 });
  await studio.client.transfer.import({ ...request, choices });
  const made = await segmentsOf(studio);
  expect(made.map(({ videoId, classId, state, touched }) => [videoId, classId, state, touched])).toEqual([
    [1, 2, 'proposed', false],
    [2, 2, 'proposed', false],
    [2, 2, 'proposed', false],
  ]);
  expect((await studio.client.videos.list()).map(({ split }) => split)).toEqual([null, null]);
});

test('two classes of a file never become one by themselves', async () => {
  const { studio, request } = await withTable(
    'video,label,start_s,end_s\njump.mp4,high_jump,1,2\njump.mp4,HighJump,3,4\n',
  );
  const { classes } = await studio.client.transfer.previewImport(request);
  expect(classes.map(({ by }) => by)).toEqual(['new', 'new']);
});
