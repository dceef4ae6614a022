// Protects: a sensor's table goes through the whole studio as a video does: read in the engine, kept beside the project,
// edited and undone, and honest once its file is gone or another one.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordingTileUs } from '#preload/domain/recording.ts';
import { english, say } from '#preload/domain/saying.ts';
import { checkProject } from '../project/check-project.ts';
import { idle, openProjectStudio, type TestStudio } from '../testing/open-studio.ts';
import { inEnglish } from '#main/testing/in-english.ts';

let studio: TestStudio;
let videoId: number;

beforeEach(async () => {
  studio = await openProjectStudio(['jump']);
  [videoId] = (await studio.addVideos({ 'a.mp4': 'a: 300' })) as [number];
});
afterEach(() => studio.close());

const table = (rows: number, row: (index: number) => string, head = 'time,x,y,note'): string =>
  `${head}\n${Array.from({ length: rows }, (_, index) => row(index)).join('\n')}\n`;
const wave = table(1000, (i) => `${(i / 100 + 2).toFixed(2)},${i % 100 === 7 ? '' : Math.sin(i)},7,walk`);

async function write(name: string, text: string): Promise<string> {
  await mkdir(studio.folder, { recursive: true });
  await writeFile(join(studio.folder, name), text);
  return studio.placeOf(join(studio.folder, name)).token;
}

/** Adds a table as it is found, with these columns; answers it once it has been read, or could not be. */
async function add(name: string, text: string, columns = [1]) {
  const { client } = studio;
  const place = await write(name, text);
  const { reading, columns: found } = await client.recordings.look({ videoId, place });
  const tracks = columns.map((column) => ({ column, name: found[column]!.name }));
  const { recordingId } = await client.recordings.add({ videoId, place, reading, tracks });
  const jobs = (await idle(studio)).filter(({ kind }) => kind === 'recording');
  return { recordingId, job: jobs[0]!, listed: await get(recordingId) };
}

const get = async (id: number) => (await studio.client.recordings.list({ videoId })).find((each) => each.id === id)!;

test('what is found of a table is shown before it is added', async () => {
  const look = await studio.client.recordings.look({ videoId, place: await write('imu.csv', wave) });
  expect(look).toMatchObject({
    name: 'imu.csv',
    reading: { delimiter: ',', header: true, time: { column: 0, unit: 's' } },
    firstUs: 2_000_000,
    timeFault: null,
  });
  expect(look.stepUs).toBeCloseTo(10_000, 0);
  expect(look.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ['time', 'number'],
    ['x', 'number'],
    ['y', 'constant'],
    ['note', 'text'],
  ]);
  expect(look.rows[1]).toEqual({ timeUs: 2_010_000, cells: ['2.01', String(Math.sin(1)), '7', 'walk'] });
});

test('a table is read in the engine, and its tiles hold its samples', async () => {
  const { recordingId, listed, job } = await add('imu.csv', wave, [1, 2]);
  expect(job).toMatchObject({ state: 'done', title: say('Read {{name}}', { name: 'imu.csv' }), notes: [] });
  // A clock that begins within the video is the video's.
  expect(listed).toMatchObject({ name: 'imu.csv', offsetUs: 2_000_000, rate: 1, file: 'there' });
  expect(listed.facts).toMatchObject({
    rows: 1000,
    columns: [
      { column: 1, gaps: 10, texts: 0 },
      { low: 7, high: 7 },
    ],
  });
  const tile = await studio.recordingTile(recordingId, 1, { level: 0, tile: 1 });
  // Samples from 62.5 to 125 ms, and one at each side.
  expect(
    Array.from(
      tile.filter((_, at) => at % 4 === 0),
      (us) => Math.round(us),
    ),
  ).toEqual([6, 7, 8, 9, 10, 11, 12, 13].map((i) => i * 10_000));
  expect(tile.slice(2, 12)).toEqual(
    Float64Array.of(
      Math.sin(6),
      Math.sin(6),
      tile[4]!,
      tile[5]!,
      Number.NaN,
      Number.NaN,
      tile[8]!,
      tile[9]!,
      Math.sin(8),
      Math.sin(8),
    ),
  );
  await expect(studio.recordingTile(recordingId, 3, { level: 0, tile: 0 })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(recordingTileUs(8)).toBe(16_000_000);
  expect((await studio.recordingTile(recordingId, 2, { level: 8, tile: 0 })).length).toBe(4000);
});

test('moving it, another column and taking it away are edits that undo takes back, and checking finds them sound', async () => {
  const { client } = studio;
  const { recordingId, listed } = await add('imu.csv', wave);
  await client.recordings.update({ recordingId, offsetUs: 2_500_000 });
  expect(english((await client.history.state()).undo!)).toBe('Move imu.csv by +0.5 s');
  const other = { ...listed.tracks[0]!, column: 2, name: 'y' };
  await client.recordings.update({ recordingId, tracks: [...listed.tracks, other] });
  await idle(studio);
  expect((await get(recordingId)).facts?.columns.map(({ column }) => column)).toEqual([1, 2]);
  await expect(client.recordings.update({ recordingId, tracks: [other, other] })).rejects.toThrow(
    '“y” is drawn already.',
  );
  await client.recordings.remove({ recordingId });
  expect(await client.recordings.list({ videoId })).toEqual([]);
  expect(english((await client.history.state()).undo!)).toBe('Remove imu.csv');
  for (let step = 0; step < 3; step += 1) await client.history.undo();
  expect(await get(recordingId)).toMatchObject({ offsetUs: 2_000_000, tracks: [{ column: 1 }] });
  await client.history.redo();
  expect(await get(recordingId)).toMatchObject({ offsetUs: 2_500_000 });
  const { location } = await client.projects.info();
  await studio.close();
  const options = {
    appVersion: 'test',
    repair: false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  expect(await checkProject(location, options)).toEqual([]);
});

test('times that go back are put in order, repeated and unreadable ones are told', async () => {
  const rows = ['0.3,3', '0.1,1', '0.1,1.5', 'start,9', '0.2,2', '0.4,4', '0.5,5'];
  const { recordingId, job, listed } = await add('mixed.csv', `time,x\n${rows.join('\n')}`);
  expect(inEnglish(job.notes)).toEqual([
    '1 row left out: no time can be read, as in “start”.',
    'Times went back 1 time: the rows were put in the order of their times.',
    '1 row with the time of the row before: it is kept.',
  ]);
  expect(listed.facts).toMatchObject({ rows: 6, columns: [{ low: 1, high: 5 }] });
  const tile = await studio.recordingTile(recordingId, 1, { level: 4, tile: 0 });
  expect(Array.from(tile.filter((_, at) => at % 4 === 2))).toEqual([1, 1.5, 2, 3, 4, 5]);
});

test.each([
  ['words only', table(5, (i) => `${i / 10},walk`, 'time,x'), 1, 'has text and no numbers (“walk”): leave it out.'],
  ['nothing at all', table(5, (i) => `${i / 10},`, 'time,x'), 1, 'is empty: leave it out.'],
])('a column of %s fails in words', async (_, text, column, words) => {
  const { job, listed } = await add('words.csv', text, [column]);
  expect(job).toMatchObject({ state: 'failed', failure: { code: 'bad-input' } });
  expect(job.failure?.message).toContain(words);
  expect(listed.facts).toBeNull();
});

test('a time column of words is refused before anything is added', async () => {
  const { client } = studio;
  const place = await write('imu.csv', wave);
  const { reading } = await client.recordings.look({ videoId, place });
  const wrong = { ...reading, time: { ...reading.time, column: 3 } };
  const words = '“note” has no times of this kind: row 1 says “walk”.';
  const { timeFault } = await client.recordings.look({ videoId, place, reading: wrong });
  expect(english(timeFault!)).toBe(words);
  const tracks = [{ column: 1, name: 'x' }];
  await expect(client.recordings.add({ videoId, place, reading: wrong, tracks })).rejects.toThrow(words);
  expect(await client.recordings.list({ videoId })).toEqual([]);
  await expect(client.recordings.look({ videoId, place: await write('no.csv', '') })).rejects.toThrow('is empty');
});

test('a file that vanished or changed is told, what was read stays, and each has its way back', async () => {
  const { client } = studio;
  const { recordingId } = await add('imu.csv', wave);
  const path = join(studio.folder, 'imu.csv');
  await rename(path, join(studio.folder, 'away.csv'));
  expect(await get(recordingId)).toMatchObject({ file: 'missing', facts: { rows: 1000 } });
  await expect(client.recordings.lookAgain({ recordingId })).rejects.toThrow('imu.csv is missing');
  await client.recordings.replaceFile({ recordingId, place: studio.placeOf(join(studio.folder, 'away.csv')).token });
  expect(await get(recordingId)).toMatchObject({ file: 'there', facts: { rows: 1000 } });
  expect(english((await client.history.state()).undo!)).toBe('Find imu.csv again');
  await client.history.undo();
  await write('imu.csv', wave.replace('walk', 'jump'));
  expect(await get(recordingId)).toMatchObject({ file: 'changed', facts: { rows: 1000 } });
  await client.recordings.replaceFile({ recordingId });
  await idle(studio);
  expect(await get(recordingId)).toMatchObject({ file: 'there', facts: { rows: 1000 } });
  expect(english((await client.history.state()).undo!)).toBe('Take the new content of imu.csv');
});

test('two thousand columns with decimal commas, in UTF-16', async () => {
  const { client } = studio;
  const names = Array.from({ length: 2000 }, (_, column) => `s${column}`);
  const text = table(20, (i) => [`${i},5`, ...names.slice(1).map((_, c) => `${i},${c}`)].join(';'), names.join(';'));
  await writeFile(join(studio.folder, 'wide.csv'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
  const look = await client.recordings.look({ videoId, place: studio.placeOf(join(studio.folder, 'wide.csv')).token });
  expect(look).toMatchObject({ reading: { delimiter: ';', decimal: ',', time: { column: 0, unit: 's' } } });
  expect(look.columns).toHaveLength(2000);
});
