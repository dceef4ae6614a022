// Protects: labels as labs really have them go in, what cannot be true is listed, and nothing is made up or merged.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import { readGroundTruth } from '../evaluate/read-ground-truth.ts';
import { openProjectStudio, type TestStudio } from '../testing/open-studio.ts';
import { inEnglish } from '#main/testing/in-english.ts';
import { english } from '#preload/domain/saying.ts';

let studio: TestStudio;
beforeEach(async () => {
  studio = await openProjectStudio();
});

async function imported(format: string, content: string | Uint8Array) {
  const path = join(studio.folder, 'labels');
  writeFileSync(path, content);
  return studio.client.transfer.import({ format, place: studio.placeOf(path).token });
}

const classNames = async () => (await studio.client.classes.list()).map(({ name }) => name);
const segmentsOf = async (videoId: number) =>
  (await studio.client.segments.list({ videoId })).map(({ startUs, endUs }) => [startUs, endUs]);

async function exported(format: string): Promise<string> {
  const { path } = await studio.client.transfer.export({
    format,
    options: exportOptions.parse({}),
    place: studio.targetOf(join(studio.folder, `out-${format}`)).token,
    fileName: format,
  });
  return readFileSync(path!, 'utf8');
}

const database = (videos: Record<string, [number, number][]>) =>
  JSON.stringify({
    database: Object.fromEntries(
      Object.entries(videos).map(([id, spans]) => [
        id,
        { annotations: spans.map((segment) => ({ segment, label: 'wave' })) },
      ]),
    ),
  });
const table = (...rows: string[]) => ['video,label,start_s,end_s', ...rows, ''].join('\n');

describe('times', () => {
  test('that are empty leave out one row, not the file', async () => {
    const [film] = await studio.addVideos({ 'film.mp4': 'a: 300' });
    const outcome = await imported(
      'activitynet',
      database({
        film: [
          [1, 2],
          [0, 0],
          [3, 4],
          [5, 6],
        ],
      }),
    );
    expect(inEnglish(outcome)).toMatchObject({
      addedSegments: 3,
      leftOut: [{ place: 'annotation 2 of film', reason: 'a segment must end after it starts' }],
      warnings: ['1 segment was left out: a segment must end after it starts (annotation 2 of film).'],
    });
    expect(await segmentsOf(film!)).toHaveLength(3);
  });

  test('outside the film are left out and listed, and a little over is cut', async () => {
    const [film] = await studio.addVideos({ 'film.mp4': 'a: 60' });
    const frames = studio.frameTableOf(film!);
    const outcome = await imported(
      'activitynet',
      database({
        film: [
          [1.5, 2.06],
          [40, 50],
          [100, 200],
          [-3, -1],
        ],
      }),
    );
    expect(inEnglish(outcome)).toMatchObject({
      addedSegments: 1,
      cut: [{ place: 'annotation 1 of film' }],
      leftOut: [{}, {}, {}],
    });
    expect(inEnglish(outcome.warnings)).toEqual([
      '3 segments were left out: a segment must lie inside its video (annotation 2 of film; annotation 3 of film; annotation 4 of film).',
      '1 segment was cut at an edge of the video (annotation 1 of film).',
    ]);
    expect(await segmentsOf(film!)).toEqual([[frames[45], frames[60]]]);
  });

  test('that go on counting through the videos of one recording begin where their video does', async () => {
    const [first, second] = await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 300' });
    const lengthS = studio.frameTableOf(first!)[300]! / 1e6;
    const rows = [
      ['a.mp4', 1, 2],
      ['b.mp4', lengthS + 1, lengthS + 2],
      ['gone.mp4', lengthS * 2 + 1, lengthS * 2 + 2],
      ['c.mp4', lengthS * 2 + 9, lengthS * 2 + 10],
    ];
    await studio.addVideos({ 'c.mp4': 'c: 300' });
    const header = 'Observation id\tMedia file\tBehavior\tBehavior type\tStart (s)\tStop (s)\n';
    const states = rows.map(([video, start, end]) => `o\t${video}\trun\tSTATE\t${start}\t${end}\n`).join('');
    const outcome = await imported('boris-aggregated', header + states);
    expect(inEnglish(outcome)).toMatchObject({
      addedSegments: 2,
      leftOut: [{ place: 'line 5', reason: 'it counts from the start of a video that is not in the project' }],
    });
    expect(await segmentsOf(second!)).toEqual(await segmentsOf(first!));
  });

  test('and scores that are none leave their rows out', async () => {
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    const rows =
      '[{"segment":[1,2],"label":"a","score":57},{"segment":[3,4],"label":"a","score":NaN},{"segment":[5,6],"label":"a","score":0.5}]';
    const outcome = await imported('activitynet-results', `{"results":{"film":${rows}}}`);
    expect(outcome).toMatchObject({ addedSegments: 1 });
    expect(outcome.leftOut.map(({ place }) => english(place)).sort()).toEqual([
      'annotation 1 of film',
      'annotation 2 of film',
    ]);
  });
});

describe('an import that takes nothing', () => {
  test('adds no class and no step, and says so', async () => {
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    const before = await studio.client.history.list({});
    const outcome = await imported('activitynet', database({ other: [[1, 2]], another: [[1, 2]] }));
    expect(outcome).toMatchObject({ addedSegments: 0, addedClasses: 0 });
    expect(inEnglish(outcome.warnings)).toEqual([
      '2 videos: they are not in the project; 2 segments were left out: other; another.',
      'Nothing of labels was taken; nothing was added.',
    ]);
    expect(await classNames()).toEqual([]);
    expect(await studio.client.history.list({})).toEqual(before);
  });
});

describe('a video', () => {
  test.each([
    ['v_AbC-123.mp4', 'AbC-123'],
    ['AbC-123.mp4', 'v_AbC-123'],
    ['Cafe\u0301.mp4', 'Caf\u00E9.mp4'],
    ['Caf\u00E9.mp4', 'Cafe\u0301'],
    ['GX01.MP4', 'GX01.mp4'],
    ['GX01.MP4', 'gx01'],
    ['clip.mp4', 'clip.avi'],
    ['clip.1.mp4', 'clip.1'],
    ['clip.mp4', 'D:\\lab\\clip.mp4'],
  ])('%s is the one that a file calls %s', async (name, called) => {
    await studio.addVideos({ [name]: 'a: 300', 'other.mp4': 'b: 300' });
    expect(await imported('activitynet', database({ [called]: [[1, 2]] }))).toMatchObject({
      addedSegments: 1,
      warnings: [],
    });
  });

  test('that could be two is left out and named', async () => {
    await studio.addVideos({ 'twin.mp4': 'a: 300', 'twin.mov': 'b: 300' });
    const outcome = await imported('csv', table('twin,wave,1,2', 'twin.mov,wave,3,4'));
    expect(outcome).toMatchObject({ addedSegments: 1 });
    expect(inEnglish(outcome.warnings)).toEqual([
      'twin: several videos here have that name; name its folder or checksum; 1 segment was left out.',
    ]);
  });

  test('is never taken for two of a file', async () => {
    await studio.addVideos({ 'clip.mp4': 'a: 300' });
    const outcome = await imported('csv', table('cam1/clip.mp4,wave,1,2', 'cam2/clip.mp4,wave,3,4'));
    expect(outcome).toMatchObject({ addedSegments: 0, addedClasses: 0 });
    expect(inEnglish(outcome.warnings[0])).toContain('more than one of them could be the same video here');
  });

  test.each(['coco', 'activitynet', 'activitynet-results', 'mmaction2', 'csv'])(
    'of the same name in another folder stays another through %s',
    async (format) => {
      for (const folder of ['cam1', 'cam2']) mkdirSync(join(studio.folder, folder));
      const [first, second] = await studio.addVideos({ 'cam1/clip.mp4': 'a: 300', 'cam2/clip.mp4': 'b: 300' });
      await imported('csv', table('cam1/clip.mp4,wave,1,2', 'cam2/clip.mp4,wave,3,4', 'cam2/clip.mp4,bow,5,6'));
      const here = [await segmentsOf(first!), await segmentsOf(second!)];
      expect(here.map(({ length }) => length)).toEqual([1, 2]);
      const text = await exported(format);
      for (const id of [first!, second!]) {
        const segmentIds = (await studio.client.segments.list({ videoId: id })).map((one) => one.id);
        await studio.client.segments.remove({ segmentIds });
      }
      expect(await imported(format, text)).toMatchObject({ addedSegments: 3, warnings: [] });
      expect([await segmentsOf(first!), await segmentsOf(second!)]).toEqual(here);
      if (format !== 'csv' && format !== 'activitynet-results')
        expect(readGroundTruth(text, 'truth.json').size).toBe(2);
    },
  );
});

describe('text', () => {
  const hurdles = 'film.mp4,H\u00FCrdensprung,1,2';
  const utf16be = Buffer.from(`\uFEFF${table(hurdles)}`, 'utf16le').swap16();

  test.each([
    ['UTF-8', Buffer.from(table(hurdles))],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${table(hurdles)}`)],
    ['UTF-16', Buffer.from(`\uFEFF${table(hurdles)}`, 'utf16le')],
    ['UTF-16 of the other order', utf16be],
    ['UTF-16 without a mark', Buffer.from(table(hurdles), 'utf16le')],
    ['Windows-1252', Buffer.from(table(hurdles), 'latin1')],
  ])('in %s is read as it was written', async (encoding, bytes) => {
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    const outcome = await imported('csv', bytes);
    expect(inEnglish(outcome.warnings)).toEqual(
      encoding === 'Windows-1252' ? [expect.stringContaining('read as Windows-1252')] : [],
    );
    expect(await classNames()).toEqual(['H\u00FCrdensprung']);
  });

  test('that differs in an accent makes two classes', async () => {
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    await imported('csv', Buffer.from(table('film.mp4,saut\u00E9,1,2', 'film.mp4,saut\u00E8,3,4'), 'latin1'));
    expect(await classNames()).toEqual(['saut\u00E9', 'saut\u00E8']);
  });

  test('of an unknown code page is refused', async () => {
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    const cyrillic = Buffer.from([
      ...Buffer.from('video,label,start_s,end_s\nfilm.mp4,'),
      0xef,
      0xf0,
      0xfb,
      0xe6,
      0xee,
      0xea,
      ...Buffer.from(',1,2\n'),
    ]);
    await expect(imported('csv', cyrillic)).rejects.toMatchObject({
      code: 'unreadable-annotations',
      message: expect.stringContaining('save it as UTF-8'),
    });
  });

  test('of JSON may begin with a mark', async () => {
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    expect(await imported('activitynet', `\uFEFF${database({ film: [[1, 2]] })}`)).toMatchObject({ addedSegments: 1 });
  });
});

describe('a spreadsheet', () => {
  test.each([
    ['semicolons and decimal commas', 'video;label;start_s;end_s\nfilm.mp4;wave;1,5;2,5\n'],
    ['tabs', 'video\tlabel\tstart_s\tend_s\r\nfilm.mp4\twave\t1.5\t2.5\r\n'],
    ['the separator in its first line', 'sep=;\r\nVideo;Label;Start_s;End_s\r\nfilm.mp4;wave;1,5;2,5\r\n'],
    ['quoted decimal commas', 'video,label,start_s,end_s\nfilm.mp4,wave,"1,5","2,5"\n'],
  ])('with %s is read', async (_what, text) => {
    const [film] = await studio.addVideos({ 'film.mp4': 'a: 300' });
    const frames = studio.frameTableOf(film!);
    expect(await imported('csv', text)).toMatchObject({ addedSegments: 1, warnings: [] });
    expect(await segmentsOf(film!)).toEqual([[frames[45], frames[75]]]);
  });

  test('with bad rows gives the good ones, and lists the bad', async () => {
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    const text = table(
      'film.mp4,wave,1,2',
      'film.mp4,wave,one,2',
      'film.mp4,,1,2',
      'film.mp4,wave,two,3',
      'film.mp4,wave,3,4,5',
      'film.mp4,wave,5,6',
    );
    const outcome = await imported('csv', text);
    expect(outcome).toMatchObject({ addedSegments: 2, addedClasses: 1 });
    expect(inEnglish(outcome.warnings)).toEqual([
      '2 segments were left out: start_s: a number is needed (line 3, row 2; line 5, row 4).',
      '1 segment was left out: label: a class name is needed (line 4, row 3).',
      '1 segment was left out: 5 cells under 4 columns (line 6, row 5).',
    ]);
  });

  test('is not made to run what a label says', async () => {
    await studio.addVideos({ 'film.mp4': 'a: 300' });
    const labels = ['=HYPERLINK(1)', '+1+1', '-1', '@SUM(1)', "'=x", "'quoted'"];
    await imported(
      'activitynet',
      JSON.stringify({
        database: { film: { annotations: labels.map((label, index) => ({ label, segment: [index, index + 1] })) } },
      }),
    );
    const text = await exported('csv');
    expect(
      text
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split(',')[1]),
    ).toEqual(["'=HYPERLINK(1)", "'+1+1", "'-1", "'@SUM(1)", "''=x", "'quoted'"]);
    expect(await imported('csv', text)).toMatchObject({ addedSegments: 0, addedClasses: 0 });
    expect(await classNames()).toEqual(labels);
  });
});

test('class names that read the same are one class, and one that cannot be seen is none', async () => {
  await studio.addVideos({ 'film.mp4': 'a: 300' });
  const names = [
    'high jump',
    'high\u200Bjump',
    'high jump\u200E',
    '\u200B',
    'high\u00A0jump ',
    'cafe\u0301',
    'caf\u00E9',
  ];
  const outcome = await imported('csv', table(...names.map((name, index) => `film.mp4,${name},${index},${index + 1}`)));
  expect(await classNames()).toEqual(['high jump', 'highjump', 'caf\u00E9']);
  expect(inEnglish(outcome)).toMatchObject({
    addedSegments: 6,
    leftOut: [{ reason: 'a class needs a name that can be seen' }],
  });
  await expect(studio.client.classes.add({ name: '\u200B' })).rejects.toMatchObject({ code: 'bad-input' });
  await expect(studio.client.classes.add({ name: 'a\tb' })).rejects.toMatchObject({ code: 'bad-input' });
  await expect(studio.client.classes.add({ name: 'high jump\u00AD' })).rejects.toMatchObject({ code: 'bad-input' });
});

test('COCO is read as pycocotools loads it: identifiers of any kind, without a list of videos', async () => {
  await studio.addVideos({ 'film.mp4': 'a: 300' });
  const annotation = { id: 'a', image_id: 'i', category_id: 'c', segment: ['1.0', 2] };
  const images = [{ id: 'i', file_name: 'film.mp4' }];
  const text = JSON.stringify({ images, categories: [{ id: 'c', name: 'wave' }], annotations: [annotation] });
  expect(readGroundTruth(text, 'truth.json').get('film.mp4')).toMatchObject({ segments: [{ startS: 1, endS: 2 }] });
  expect(await imported('coco', text)).toMatchObject({ addedSegments: 1, warnings: [] });
});

test('thousands of labels and videos are met in one pass', async () => {
  const [film] = await studio.addVideos({ 'film.mp4': 'a: 300' });
  const many = 20_000;
  const labels = Array.from({ length: 5000 }, (_, index) => `film.mp4,label ${index},1,2`);
  expect(await imported('csv', table(...labels))).toMatchObject({ addedSegments: 5000, addedClasses: 5000 });
  expect(await segmentsOf(film!)).toHaveLength(5000);
  const videos = Object.fromEntries(
    Array.from({ length: many }, (_, index) => [`v_${index}`, [[1, 2]] as [number, number][]]),
  );
  const outcome = await imported('activitynet', database(videos));
  expect(inEnglish(english(outcome.warnings[0]!))).toMatch(
    /^20,000 videos: they are not in the project; 20,000 segments were left out: v_0; .* and 19,988 more\.$/u,
  );
});
