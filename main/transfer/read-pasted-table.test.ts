// Protects: what a table in the clipboard becomes in a video: every row that can be taken, and a word on every other.
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { english } from '#preload/domain/saying.ts';
import { openProjectStudio, type TestStudio } from '../testing/open-studio.ts';
import { inEnglish } from '#main/testing/in-english.ts';

let studio: TestStudio;
let videoId: number;
let frames: Float64Array;

beforeEach(async () => {
  studio = await openProjectStudio(['jump', 'run']);
  [videoId] = (await studio.addVideos({ 'a.mp4': 'a: 300' })) as [number];
  frames = studio.frameTableOf(videoId);
});

const read = (text: string, wish: { fromUs?: number; classId?: number } = {}) =>
  studio.client.segments.readTable({ videoId, text, ...wish });

test('a spreadsheet’s cells: columns by their names, a clock, a decimal comma, a new class', async () => {
  const table = await read('Behaviour\tStart (s)\tStop (s)\tComment\njump\t1,5\t2,5\thigh\nclimb\t0:03\t4,25\t\n');
  expect(table).toMatchObject({ newClasses: ['climb'], leftOut: [] });
  expect(table.rows.map(({ class: given, note }) => [given, note])).toEqual([
    [1, 'high'],
    ['climb', ''],
  ]);
  for (const { startUs, endUs } of table.rows) for (const us of [startUs, endUs]) expect([...frames]).toContain(us);
});

test('rows that cannot be: reversed, empty, past the end, without a class, of another video', async () => {
  await studio.addVideos({ 'b.mp4': 'b: 30' });
  const table = await read(
    [
      'video,label,start_s,end_s',
      'a.mp4,jump,1,2',
      'a.mp4,jump,3,2',
      'a.mp4,jump,3,3',
      'a.mp4,jump,50,60',
      'a.mp4,,1,2',
      'b.mp4,jump,0,1',
      'a.mp4,run,9,12',
    ].join('\n'),
  );
  expect(inEnglish(table.rows.map(({ place, cut }) => [place, cut]))).toEqual([
    ['line 2, row 1', false],
    ['line 8, row 7', true],
  ]);
  expect(table.rows[1]!.endUs).toBe(frames.at(-1));
  expect(new Map(table.leftOut.map(({ place, reason }) => [english(place).slice(-1), english(reason)]))).toEqual(
    new Map([
      ['2', 'a segment must end after it starts'],
      ['3', 'a segment must end after it starts'],
      ['4', 'it lies outside the video'],
      ['5', 'a class name is needed'],
      ['6', 'it is of another video, b.mp4'],
    ]),
  );
});

test('cells as a spreadsheet leaves them: quotes inside, formulas, times that are none, a cell of two lines', async () => {
  const table = await read(
    [
      'class\tstart\tend\tnote',
      'jump\t1\t2\ta 5" bar',
      '=HYPERLINK("x")\t1\t2\t',
      'jump\t1e300\t2e300\t',
      'jump\tNaN\t3\t',
      'run\t3\t4\t"two\nlines"',
    ].join('\r\n'),
  );
  expect(table.rows.map(({ class: given, note }) => [given, note])).toEqual([
    [1, 'a 5" bar'],
    ['=HYPERLINK("x")', ''],
    [2, 'two\nlines'],
  ]);
  expect(inEnglish(table.leftOut.map(({ reason }) => reason))).toEqual([
    'the start "NaN" is no time in seconds',
    'it lies outside the video',
  ]);
});

test('what is no table is refused in a sentence', async () => {
  await expect(read('The quick brown fox')).rejects.toMatchObject({
    code: 'unreadable-annotations',
    message: expect.stringMatching(/^What was copied is not a table of segments: .*\.$/u),
  });
  await expect(read('1\t2\n3\t4\n')).rejects.toMatchObject({ code: 'unreadable-annotations' });
});

test('times alone are of the class that was given', async () => {
  const { rows } = await read('1\t2\n3\t4\n', { classId: 2 });
  expect(rows.map((row) => row.class)).toEqual([2, 2]);
  const named = await read('start;end\n1;2\n', { classId: 2 });
  expect(named.rows.map((row) => row.class)).toEqual([2]);
});

test('5,000 rows with two new classes are one step to undo', async () => {
  const lines = Array.from({ length: 5000 }, (_, index) => {
    const startS = (index % 90) / 10;
    return `${['jump', 'skip', 'hop'][index % 3]}\t${startS}\t${startS + 0.5}`;
  });
  const { rows, newClasses } = await read(`class\tstart\tend\n${lines.join('\n')}`);
  expect(newClasses).toEqual(['skip', 'hop']);
  const { segmentIds } = await studio.client.segments.createMany({ videoId, how: 'paste', segments: rows });
  expect(segmentIds).toHaveLength(5000);
  expect(await studio.client.segments.list({ videoId })).toHaveLength(5000);
  expect((await studio.client.classes.list()).map(({ name }) => name)).toEqual(['jump', 'run', 'skip', 'hop']);
  expect(english((await studio.client.history.state()).undo!)).toBe('Paste 5,000 segments');
  await studio.client.history.undo();
  expect(await studio.client.segments.list({ videoId })).toEqual([]);
  expect(await studio.client.classes.list()).toHaveLength(2);
});

test('from a moment on, the rows keep their distances; none is lost without a word', async () => {
  const places = fc.array(fc.tuple(fc.integer({ min: -50, max: 400 }), fc.integer({ min: 1, max: 60 })), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 0, max: 299 }), async (spans, from) => {
      const lines = spans.map(([start, length]) => `jump\t${start / 30}\t${(start + length) / 30}`);
      const table = await read(`class\tstart_s\tend_s\n${lines.join('\n')}`, { fromUs: frames[from]! });
      expect(table.rows.length + table.leftOut.length).toBe(spans.length);
      expect(Math.min(...table.rows.map(({ startUs }) => startUs))).toBe(frames[from]);
      for (const { startUs, endUs } of table.rows) {
        expect(endUs).toBeGreaterThan(startUs);
        expect(endUs).toBeLessThanOrEqual(frames.at(-1)!);
      }
    }),
    { numRuns: 40 },
  );
});

test('frames of a longer video come to a moment with their distances, whatever numbers they have there', async () => {
  const table = await read('class\tstart_frame\tend_frame\njump\t1200\t1230\nrun\t1240\t1270\njump\t1900\t1930', {
    fromUs: frames[100]!,
  });
  const at = (frame: number): number => frames[frame]!;
  expect(table.rows.map(({ startUs, endUs }) => [startUs, endUs])).toEqual([
    [at(100), at(130)],
    [at(140), at(170)],
  ]);
  expect(inEnglish(table.leftOut.map(({ reason }) => reason))).toEqual(['it lies outside the video']);
});

test('a span outside the video and one that ends before it starts are refused, and nothing is made', async () => {
  const make = (startUs: number, endUs: number) =>
    studio.client.segments.createMany({
      videoId,
      how: 'paste',
      segments: [
        { startUs: 0, endUs: 1_000_000, class: 'new one' },
        { startUs, endUs, class: 1 },
      ],
    });
  await expect(make(60_000_000, 61_000_000)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(/^60\.00 s to 61\.00 s lies outside the video, which ends at 10\.01 s\.$/u),
  });
  await expect(make(2_000_000, 1_000_000)).rejects.toMatchObject({ code: 'bad-input' });
  expect(await studio.client.segments.list({ videoId })).toEqual([]);
  expect(await studio.client.classes.list()).toHaveLength(2);
});

test('subject, doubt and attributes of a table are taken; what fits no attribute here is told', async () => {
  const { client } = studio;
  const wish = { required: false, classIds: null };
  const hand = await client.attributes.add({ ...wish, name: 'Hand', kind: 'choice', options: ['left', 'right'] });
  const height = await client.attributes.add({ ...wish, name: 'height', kind: 'number', options: [], classIds: [1] });
  const table = await read(
    [
      'label\tstart_s\tend_s\tsubject\tambiguous\tattribute: hand\tattribute: height\tattribute: mood',
      'jump\t1\t2\tMia\tyes\tleft\t1.5\t',
      'run\t3\t4\t\t\tboth\t2\tcalm',
      'skip\t5\t6\t\t\tright\t\t',
    ].join('\n'),
  );
  expect(table.leftOut).toEqual([]);
  expect(inEnglish(table.warnings)).toEqual([
    '1 value of "hand" fits no attribute of this project: left out.',
    '1 value of "height" fits no attribute of this project: left out.',
    '1 value of "mood" fits no attribute of this project: left out.',
  ]);
  const { segmentIds } = await client.segments.createMany({ videoId, how: 'paste', segments: table.rows });
  const made = (await client.segments.list({ videoId })).filter(({ id }) => segmentIds.includes(id));
  expect(made.map(({ subject, ambiguous, attributes }) => ({ subject, ambiguous, attributes }))).toEqual([
    { subject: 'Mia', ambiguous: true, attributes: { [hand.id]: 'left', [height.id]: 1.5 } },
    { subject: undefined, ambiguous: undefined, attributes: undefined },
    { subject: undefined, ambiguous: undefined, attributes: { [hand.id]: 'right' } },
  ]);
  const again = client.segments.createMany({
    videoId,
    how: 'duplicate',
    segments: [{ startUs: 0, endUs: 1_000_000, class: 2, attributes: { [height.id]: 2 } }],
  });
  await expect(again).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining("'height'") });
});
