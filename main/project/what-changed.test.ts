// Protects: what changes under an open project is noticed: a film whose content is another one, a project that was moved
// or deleted, settings in the middle of a job, and frame features that were damaged.
import { english } from '#preload/domain/saying.ts';
import { appendFile, open, readdir, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EngineTasks } from '../engine/tasks.ts';
import { engineItself } from '../testing/played-engine.ts';
import { ended, idle, openProjectStudio, type TestStudio } from '../testing/open-studio.ts';

const film = 'a: 300';

/** Turns a byte of a file around and sets its time of change back, as far as a program can. */
async function spoil(path: string, at: number): Promise<void> {
  const { atime, mtime } = await stat(path);
  {
    await using file = await open(path, 'r+');
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
    await file.write(Buffer.from([buffer[0]! ^ 255]), 0, 1, at);
  }
  await utimes(path, atime, mtime);
}

const isMissing = async ({ client }: TestStudio): Promise<boolean> => (await client.videos.list())[0]!.missing;

describe('a film', () => {
  test('whose content changed though size and time did not is not used any more', async () => {
    const studio = await openProjectStudio();
    const [videoId] = await studio.addVideos({ 'a.mp4': film });
    expect(studio.mediaPathOf(videoId!)).toBe(join(studio.folder, 'a.mp4'));
    await spoil(join(studio.folder, 'a.mp4'), 1000);
    expect(() => studio.mediaPathOf(videoId!)).toThrow(/a\.mp4 is not the file that was added as a\.mp4/u);
    expect(await isMissing(studio)).toBe(true);
    await spoil(join(studio.folder, 'a.mp4'), 1000);
    await studio.client.videos.relink({ videoId: videoId!, place: studio.placeOf(join(studio.folder, 'a.mp4')).token });
    expect(await isMissing(studio)).toBe(false);
    expect(studio.mediaPathOf(videoId!)).toBe(join(studio.folder, 'a.mp4'));
  });

  test('that changed where no sample is taken is found out beside', async () => {
    const studio = await openProjectStudio();
    const file = join(studio.folder, 'b.mp4');
    await studio.addVideos({ 'a.mp4': film });
    await rename(join(studio.folder, 'a.mp4'), file);
    const box = Buffer.alloc(1 << 20);
    box.writeUInt32BE(box.length);
    box.write('free', 4, 'latin1');
    await appendFile(file, box);
    const { jobIds } = await studio.client.videos.add({ places: [studio.placeOf(file).token] });
    const [added] = await ended(studio, jobIds);
    await spoil(file, (await stat(file)).size - 300_000);
    expect(studio.mediaPathOf(added!.videoId!)).toBe(file);
    await expect.poll(async () => (await studio.client.videos.list())[1]!.missing, { timeout: 60_000 }).toBe(true);
    expect(() => studio.mediaPathOf(added!.videoId!)).toThrow('its content changed');
  });

  test('that another file of its name took the place of is told apart from one that is missing', async () => {
    const studio = await openProjectStudio();
    const [videoId] = await studio.addVideos({ 'a.mp4': film });
    const file = join(studio.folder, 'a.mp4');
    await rename(file, join(studio.folder, 'away.mp4'));
    expect((await studio.client.videos.list())[0]).toMatchObject({ missing: true });
    expect((await studio.client.videos.list())[0]).not.toHaveProperty('replaced');
    await writeFile(file, 'not what was added');
    expect((await studio.client.videos.list())[0]).toMatchObject({ missing: true, replaced: true, location: file });
    expect(() => studio.mediaPathOf(videoId!)).toThrow(/a\.mp4 is not the file that was added as a\.mp4/u);
    await rename(join(studio.folder, 'away.mp4'), file);
    expect((await studio.client.videos.list())[0]).toMatchObject({ missing: false });
  });

  test('that was only touched is used on', async () => {
    const studio = await openProjectStudio();
    const [videoId] = await studio.addVideos({ 'a.mp4': film });
    await utimes(join(studio.folder, 'a.mp4'), 1, 1);
    expect(studio.mediaPathOf(videoId!)).toBe(join(studio.folder, 'a.mp4'));
    expect(await isMissing(studio)).toBe(false);
  });
});

describe('a project', () => {
  test('that is moved while it is open stores nothing more, says so, and goes on once it is back', async () => {
    const studio = await openProjectStudio();
    const path = join(studio.folder, 'demo.cuepoint');
    await rename(path, `${path}.elsewhere`);
    await expect(studio.client.classes.add({ name: 'jump' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('moved or deleted while it was open'),
    });
    expect(await readdir(studio.folder)).not.toContain('demo.cuepoint');
    await rename(`${path}.elsewhere`, path);
    await studio.client.classes.add({ name: 'jump' });
    expect((await studio.client.classes.list()).map(({ name }) => name)).toEqual(['jump']);
  });

  test('that is deleted, or replaced by another one, leaves no folder behind', async () => {
    const studio = await openProjectStudio(['jump']);
    const [videoId] = await studio.addVideos({ 'a.mp4': film });
    await studio.useModel();
    const { jobIds } = await studio.client.analysis.propose({ videoIds: [videoId!] });
    await ended(studio, jobIds);
    const path = join(studio.folder, 'demo.cuepoint');
    await rename(path, `${path}.gone`);
    await rm(`${path}.gone`, { recursive: true });
    await expect(studio.client.analysis.propose({ videoIds: [videoId!] })).rejects.toMatchObject({ code: 'not-found' });
    await expect(studio.client.history.undo()).rejects.toMatchObject({ code: 'not-found' });
    await studio.client.projects.close();
    expect((await readdir(studio.folder)).filter((name) => name.startsWith('demo'))).toEqual([]);
  });
});

test('a job goes by the settings with which it began', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': film });
  await studio.useModel();
  const { samplingFps } = await studio.client.projects.changeSettings({});
  studio.engine.tasks.embed = async (input, options) => {
    studio.engine.tasks.embed = undefined;
    await studio.client.projects.changeSettings({ samplingFps: samplingFps * 2 });
    return engineItself.run('embed', input, options);
  };
  const { jobIds } = await studio.client.analysis.propose({ videoIds: [videoId!] });
  expect(await ended(studio, jobIds)).toMatchObject([{ state: 'done', failure: null }]);
  const [localised] = studio.engine.asked.filter(({ task }) => task === 'localise');
  expect((localised!.input as EngineTasks['localise']['input']).settings.samplingFps).toBe(samplingFps);
});

describe('frame features that were damaged are set aside, computed anew and told of', () => {
  /** The one file of features: what is made of them lies beside it, but only they have times. */
  async function featureFile({ folder: at }: TestStudio): Promise<string> {
    const folder = join(at, 'demo.cuepoint', 'features');
    const times = (await readdir(folder)).find((each) => each.endsWith('.times.npy'))!;
    return join(folder, times.replace('.times.npy', '.npy'));
  }
  // One film for each test: what the engine remembers of another project's film is as good, and is read no more.
  const damage = async (file: string): Promise<void> => truncate(file, (await stat(file)).size - 40);
  const propose = async (studio: TestStudio) =>
    ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);

  async function expectComputedAnew(studio: TestStudio, size: number): Promise<void> {
    const file = await featureFile(studio);
    expect((await stat(file)).size).toBe(size);
    expect((await stat(`${file}.damaged`)).size).toBe(size - 40);
  }

  test('by a job that would use what is there', async () => {
    const studio = await openProjectStudio();
    await studio.addVideos({ 'a.mp4': 'b: 300' });
    await studio.useModel();
    await propose(studio);
    const file = await featureFile(studio);
    const { size } = await stat(file);
    await damage(file);
    await studio.client.classes.add({ name: 'jump' });
    await idle(studio);
    const [job] = await propose(studio);
    expect(job).toMatchObject({ state: 'done' });
    const jobs = await studio.client.jobs.list();
    expect(jobs.flatMap(({ notes }) => notes.map(english)).join()).toContain('was damaged; it is set aside');
    await expectComputedAnew(studio, size);
  });

  test('between two steps of a job', async () => {
    const studio = await openProjectStudio(['jump']);
    await studio.addVideos({ 'a.mp4': 'c: 300' });
    await studio.useModel();
    let size = 0;
    studio.engine.tasks.embed = async (input, options) => {
      studio.engine.tasks.embed = undefined;
      const output = await engineItself.run('embed', input, options);
      const file = await featureFile(studio);
      ({ size } = await stat(file));
      await damage(file);
      return output;
    };
    const jobs = await propose(studio);
    expect(jobs.map(({ state }) => state)).toEqual(['done']);
    expect(jobs.flatMap(({ notes }) => notes.map(english))).toEqual([
      expect.stringContaining('was damaged; it is set aside'),
    ]);
    await expectComputedAnew(studio, size);
  });
});
