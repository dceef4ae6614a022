// Protects: what a caller of the contract sees, through handlers on a real project folder.
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import type { Change } from '#preload/contract/changes.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english, say } from '#preload/domain/saying.ts';
import { inEnglish } from '../testing/in-english.ts';
import { PlayedEngine } from '../testing/played-engine.ts';
import { ended, idle, openBackend, openProjectStudio, openStudio } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { writeFilm } from '../testing/write-film.ts';

describe('a failure', () => {
  test('carries its code, a sentence and details', async () => {
    const studio = openStudio();
    await expect(studio.client.videos.list()).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/No project is open/u),
    });
    await expect(studio.client.projects.open({ place: 'made-up' })).rejects.toMatchObject({ code: 'not-found' });
    await studio.client.projects.create({ place: studio.placeOf(studio.folder).token, name: 'demo', classes: [] });
    await expect(studio.client.segments.list({ videoId: 7 })).rejects.toMatchObject({
      code: 'not-found',
      data: { videoId: 7 },
    });
  });

  test('names the field of a wrong input', async () => {
    const studio = await openProjectStudio();
    await expect(studio.client.classes.add({ name: ' ' })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/^name: /u),
    });
  });

  test('that nobody foresaw shows no stack', async () => {
    const studio = await openProjectStudio();
    studio.engine.tasks.describeModel = () => {
      throw new TypeError('secret detail');
    };
    const failure = await studio.client.models
      .add({ place: studio.placeOf(studio.folder).token })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'internal', data: { logId: expect.any(String) } });
    expect(JSON.stringify(failure)).not.toContain('secret detail');
  });
});

describe('classes', () => {
  test('get distinct colours and digit keys, and refuse a name that is there', async () => {
    const names = ['高跳', 'Saut à la perche', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'];
    const studio = await openProjectStudio(names);
    const classes = await studio.client.classes.list();
    expect(classes.map(({ name }) => name)).toEqual(names);
    expect(classes.map(({ digitKey }) => digitKey)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, null]);
    expect(new Set(classes.map(({ colour }) => colour)).size).toBe(names.length);
    await expect(studio.client.classes.add({ name: ' saut  à LA perche ' })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  test('exchange keys and places, and a prompt that was the name follows it', async () => {
    const studio = await openProjectStudio(['a', 'b', 'c']);
    await studio.client.classes.update({ classId: 1, digitKey: 3 });
    await studio.client.classes.update({ classId: 3, position: 0 });
    await studio.client.classes.update({ classId: 2, name: 'B!' });
    const classes = await studio.client.classes.list();
    expect(classes.map(({ name, digitKey, prompt }) => [name, digitKey, prompt])).toEqual([
      ['c', 1, 'c'],
      ['a', 3, 'a'],
      ['B!', 2, 'B!'],
    ]);
  });

  test('named twice do not make half a project', async () => {
    const studio = openStudio();
    const place = studio.placeOf(studio.folder).token;
    await expect(studio.client.projects.create({ place, name: 'demo', classes: ['a', 'A'] })).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect(existsSync(join(studio.folder, 'demo.cuepoint'))).toBe(false);
  });
});

describe('segments', () => {
  test('snap to frames, are corrected, split, merged, and all of it is undone after a restart', async () => {
    const studio = await openProjectStudio(['jump', 'run']);
    const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
    const { client } = studio;
    const frames = studio.frameTableOf(videoId!);
    const made = await client.segments.create({
      videoId: videoId!,
      classId: 1,
      startUs: frames[30]! + 900,
      endUs: frames[60]! - 900,
    });
    expect([made.startUs, made.endUs]).toEqual([frames[30], frames[60]]);
    const { segments: halves } = await client.segments.split({ segmentId: made.id, atUs: frames[45]! });
    await client.segments.update({ segmentIds: halves.map(({ id }) => id), classId: 2, state: 'rejected' });
    const merged = await client.segments.merge({ segmentIds: halves.map(({ id }) => id) });
    expect(merged).toMatchObject({ startUs: frames[30], endUs: frames[60], classId: 2, state: 'rejected' });
    await client.reviews.set({ videoId: videoId!, classIds: [1], state: 'complete' });
    expect((await client.videos.list())[0]).toMatchObject({ counts: { rejected: 1 }, reviewedShare: 0.5 });
    await client.segments.remove({ segmentIds: [merged.id] });
    await studio.close();

    await studio.openProject(join(studio.folder, 'demo.cuepoint'));
    const labels = [];
    for (let left = 6; left > 0; left -= 1) labels.push(english((await client.history.undo()).label));
    expect(labels).toEqual([
      "Delete 'run'",
      "Mark 'jump' complete",
      "Merge 2 segments into 'run'",
      "Relabel 2 segments as 'run'",
      expect.stringMatching(/^Split 'jump' at \d\.\d\d s$/),
      "Add 'jump'",
    ]);
    expect(await client.segments.list({ videoId: videoId! })).toEqual([]);
    expect(await client.history.redo()).toEqual({
      label: say("Add '{{name}}'", { name: 'jump' }),
      videoId,
      segmentIds: [made.id],
    });
    expect(await client.segments.list({ videoId: videoId! })).toEqual([made]);
    expect((await client.history.list({ segmentId: made.id })).map(({ undone }) => undone)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test('move together, each to its own place, as one edit; where one cannot, none does', async () => {
    const studio = await openProjectStudio(['jump', 'run']);
    const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
    const { client } = studio;
    const frames = studio.frameTableOf(videoId!);
    const create = (startFrame: number) =>
      client.segments.create({
        videoId: videoId!,
        classId: 1,
        startUs: frames[startFrame]!,
        endUs: frames[startFrame + 9]!,
      });
    const both = [await create(10), await create(40)];
    const places = both.map(({ id, startUs, endUs, classId }, index) => ({
      segmentId: id,
      seen: { startUs, endUs, classId },
      startUs: frames[[12, 42][index]!]!,
      endUs: frames[[21, 51][index]!]!,
      classId: index + 1,
    }));
    const { segments } = await client.segments.move({ moves: places });
    expect(segments.map(({ startUs, endUs, classId }) => ({ startUs, endUs, classId }))).toEqual(
      places.map(({ startUs, endUs, classId }) => ({ startUs, endUs, classId })),
    );
    expect(english((await client.history.undo()).label)).toBe('Move 2 segments');
    expect(await client.segments.list({ videoId: videoId! })).toEqual(both);
    await expect(client.segments.move({ moves: [...places, { ...places[0]!, segmentId: 99 }] })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await client.segments.list({ videoId: videoId! })).toEqual(both);
  });

  test('that end before they start are refused, and so is moving many at once', async () => {
    const studio = await openProjectStudio(['jump']);
    const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
    const create = (startUs: number, endUs: number) =>
      studio.client.segments.create({ videoId: videoId!, classId: 1, startUs, endUs });
    await expect(create(2_000_000, 1_000_000)).rejects.toMatchObject({ code: 'bad-input' });
    const one = await create(0, 1_000_000);
    const two = await create(2_000_000, 3_000_000);
    await expect(studio.client.segments.update({ segmentIds: [one.id, two.id], startUs: 5 })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(studio.client.segments.update({ segmentIds: [99], state: 'accepted' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('videos', () => {
  test('of the same content are added once, and a bad file does not hold up the others', async () => {
    const studio = await openProjectStudio();
    await writeFilm(join(studio.folder, 'a (copy) #1 100% 名前 🎬.mp4'), 'a: 300');
    await writeFilm(join(studio.folder, 'b.mp4'), 'a: 300');
    writeFileSync(join(studio.folder, 'notes.mp4'), 'not a video');
    copyFileSync(join(import.meta.dirname, '../media/fixtures/packed-bframes.avi'), join(studio.folder, 'old.avi'));
    const places = [studio.placeOf(studio.folder).token, studio.placeOf(join(studio.folder, 'gone.mp4')).token];
    const jobs = await ended(studio, (await studio.client.videos.add({ places })).jobIds);
    expect(
      jobs.map(({ title, state, notes, failure }) => [english(title), state, notes.map(english), failure?.code]),
    ).toEqual([
      ['Add a (copy) #1 100% 名前 🎬.mp4', 'done', [], undefined],
      ['Add b.mp4', 'done', ['Already in the project as a (copy) #1 100% 名前 🎬.mp4.'], undefined],
      ['Add notes.mp4', 'failed', [], 'unreadable-video'],
      ['Add old.avi', 'done', ['Times were counted, not stored: 25 fps, from 0.12 s on.'], undefined],
      ['Add gone.mp4', 'failed', [], 'not-found'],
    ]);
    await idle(studio);
    const videos = await studio.client.videos.list();
    expect(videos.map(({ playback }) => playback)).toEqual(['direct', 'proxy']);
    expect(studio.mediaPathOf(videos[1]!.id)).toContain('proxies');
  });

  test('that are removed come back by undo or by adding them again, with their annotations', async () => {
    const studio = await openProjectStudio(['jump']);
    const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
    await studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: 0, endUs: 1_000_000 });
    await studio.client.videos.remove({ videoId: videoId! });
    expect(await studio.client.videos.list()).toEqual([]);
    await studio.client.history.undo();
    expect(await studio.client.segments.list({ videoId: videoId! })).toHaveLength(1);
    await studio.client.videos.remove({ videoId: videoId! });
    expect(await studio.addVideos({ 'again.mp4': 'a: 300' })).toEqual([videoId]);
    expect(await studio.client.segments.list({ videoId: videoId! })).toHaveLength(1);
  });

  test('are found when project and media move together, and by content when a file was renamed', async () => {
    const folder = join(temporaryFolder(), 'here');
    mkdirSync(folder);
    const studio = await openProjectStudio([], folder);
    await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 301' });
    await studio.close();
    const moved = `${folder}-moved`;
    renameSync(folder, moved);
    renameSync(join(moved, 'b.mp4'), join(moved, 'renamed.mp4'));
    await studio.openProject(join(moved, 'demo.cuepoint'));
    const locations = async () =>
      (await studio.client.videos.list()).map(({ missing, location }) => (missing ? null : location));
    const changes = await studio.client.studio.changes();
    if ((await locations()).includes(null)) await changes.next();
    expect(await locations()).toEqual([join(moved, 'a.mp4'), join(moved, 'renamed.mp4')]);
  });

  test('are relinked only to the same content', async () => {
    const studio = await openProjectStudio();
    const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 301' });
    const elsewhere = temporaryFolder();
    renameSync(join(studio.folder, 'a.mp4'), join(elsewhere, 'c.mp4'));
    expect((await studio.client.videos.list())[0]).toMatchObject({ missing: true });
    expect(() => studio.mediaPathOf(videoId!)).toThrow(/missing/u);
    const relink = (path: string) =>
      studio.client.videos.relink({ videoId: videoId!, place: studio.placeOf(path).token });
    await expect(relink(join(studio.folder, 'b.mp4'))).rejects.toMatchObject({ code: 'bad-input' });
    expect(await relink(join(elsewhere, 'c.mp4'))).toMatchObject({
      missing: false,
      location: join(elsewhere, 'c.mp4'),
    });
  });
});

describe('changes', () => {
  test('are told as they happen and end with the signal', async () => {
    const studio = await openProjectStudio();
    const stop = new AbortController();
    const heard: Change[] = [];
    const changes = await studio.client.studio.changes(undefined, { signal: stop.signal });
    const reading = (async () => {
      for await (const change of changes) heard.push(change);
    })();
    await studio.client.classes.add({ name: 'jump' });
    await studio.addVideos({ 'a.mp4': 'a: 300' });
    stop.abort();
    await reading;
    expect(heard.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['history', 'classes', 'videos', 'job']));
    expect(heard.filter(({ topic }) => topic === 'job').at(-1)).toMatchObject({ job: { state: 'done' } });
  });
});

describe('models', () => {
  test('get names of their own, and a folder that is gone says so', async () => {
    const studio = await openProjectStudio();
    const folders = ['x/clip', 'y/clip'].map((name) => join(studio.folder, name));
    for (const folder of folders) await makeTinyCheckpoint(folder);
    const add = (folder: string) => studio.client.models.add({ place: studio.placeOf(folder).token });
    expect([(await add(folders[0]!)).name, (await add(folders[1]!)).name, (await add(folders[0]!)).name]).toEqual([
      'clip',
      'clip-2',
      'clip',
    ]);
    rmSync(folders[1]!, { recursive: true });
    expect(inEnglish(await studio.client.models.list())).toMatchObject([
      { name: 'clip', problem: null },
      { name: 'clip-2', problem: `The folder ${folders[1]!} is gone.` },
    ]);
    await expect(studio.client.projects.changeSettings({ model: 'nope' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/clip, clip-2/u),
    });
    await studio.client.models.remove({ name: 'clip-2' });
    expect(await studio.client.models.list()).toHaveLength(1);
  });
});

describe('settings', () => {
  test('change only what is named', async () => {
    const studio = await openProjectStudio();
    await studio.client.projects.changeSettings({ samplingFps: 2 });
    expect(await studio.client.projects.changeSettings({ scoreThreshold: 0.5 })).toMatchObject({
      samplingFps: 2,
      scoreThreshold: 0.5,
    });
    await studio.client.studio.changeSettings({ theme: 'light' });
    expect(await studio.client.studio.changeSettings({ provider: 'cpu' })).toEqual({
      theme: 'light',
      density: 'comfortable',
      motion: 'system',
      pointers: 'system',
      language: 'system',
      provider: 'cpu',
      bestBatch: null,
      server: null,
      tourSeen: false,
      newProjectModel: null,
      annotator: '',
      updates: 'off',
      downloadUpdates: false,
    });
  });
});

describe('places', () => {
  test('are told apart by what they are, and no name leads out of a folder', async () => {
    const studio = await openProjectStudio();
    mkdirSync(join(studio.folder, 'clip'));
    writeFileSync(join(studio.folder, 'clip', 'config.json'), '{}');
    writeFileSync(join(studio.folder, 'clip', 'model.safetensors'), '');
    writeFileSync(join(studio.folder, 'a.MP4'), '');
    writeFileSync(join(studio.folder, 'a.txt'), '');
    const { token } = await studio.client.places.resolve({ path: studio.folder });
    const { entries } = await studio.client.places.list({ token, purpose: 'videos' });
    expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['clip', 'model'],
      ['demo.cuepoint', 'project'],
      ['home', 'folder'],
      ['a.MP4', 'video'],
      ['a.txt', 'file'],
    ]);
    await expect(studio.client.places.makeFolder({ token, name: '../x' })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(studio.client.places.resolve({ path: '/no/such/place' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a project', () => {
  test('is open once, remembered as recent, and backed up on a clean close', async () => {
    const studio = await openProjectStudio();
    const location = join(studio.folder, 'demo.cuepoint');
    const other = openBackend(temporaryFolder(), new PlayedEngine());
    await expect(other.openProject(location)).rejects.toMatchObject({
      code: 'project-busy',
      details: { pid: process.pid },
    });
    await studio.client.classes.add({ name: 'jump' });
    await studio.close();
    expect(readdirSync(join(location, 'backups'))).toHaveLength(1);
    expect((await other.openProject(location)).name).toBe('demo');
    expect((await studio.client.studio.state()).recent).toMatchObject([{ name: 'demo', location }]);
  });

  test('that is just being closed is opened again as soon as it is', async () => {
    const studio = await openProjectStudio(['jump']);
    const location = join(studio.folder, 'demo.cuepoint');
    await studio.addVideos({ 'a.mp4': 'a: 300' });
    await studio.useModel();
    const asked = Promise.withResolvers<void>();
    const letGo = Promise.withResolvers<void>();
    studio.engine.tasks.embed = async () => {
      asked.resolve();
      await letGo.promise;
      throw new Failure('cancelled', verbatim('It was cancelled.'));
    };
    await studio.client.analysis.propose({ videoIds: null });
    await asked.promise;
    const closing = studio.client.projects.close();
    await expect.poll(async () => (await studio.client.studio.state()).project).toBeNull();
    const opening = studio.openProject(location);
    letGo.resolve();
    await Promise.all([closing, opening]);
    expect(await studio.client.classes.list()).toHaveLength(1);
  });
});
