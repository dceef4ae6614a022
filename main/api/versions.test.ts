// Protects: what was taught in one project starts the next, where the model is the same and only there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSafetensorsHeader, readSafetensorsMetadata } from '#native-models/checkpoint/safetensors.ts';
import { readTensorValue } from '#native-models/checkpoint/tensor-value-file.ts';
import { readLessonFile, writeLessonFile } from '#main/pipeline/learn/lesson-file.ts';
import { engineItself } from '../testing/played-engine.ts';
import { ended, idle, openProjectStudio, openStudio } from '../testing/open-studio.ts';
import type { TestStudio } from '../testing/open-studio.ts';
import { say, english } from '#preload/domain/saying.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const otherModel = join(import.meta.dirname, '../../native-models/fixtures/clip-gelu');

/** A project in which prompts were learned; that a tiny model got better by it is played. */
async function taughtStudio(): Promise<TestStudio> {
  const studio = await openProjectStudio(['jump']);
  studio.engine.tasks.tune = async (input, options) => {
    const outcome = await engineItself.run('tune', input, options);
    return { ...outcome, prompts: { ...outcome.prompts, passed: true, reason: say('It is right more often.') } };
  };
  await studio.useModel();
  await studio.addVideos({ 'a.mp4': 'a: 300' });
  await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
  await studio.client.segments.create({ videoId: 1, classId: 1, startUs: 0, endUs: 1_000_000 });
  await ended(studio, [(await studio.client.tuning.start({})).jobId]);
  await idle(studio);
  return studio;
}

/** Exports the version and opens a second project; answers where its files are. */
async function exportedToNext(studio: TestStudio): Promise<{ readonly tensors: string; readonly description: string }> {
  const { client } = studio;
  const folder = join(studio.folder, 'out');
  mkdirSync(folder);
  const { path } = await client.versions.export({ versionId: 1, place: studio.placeOf(folder).token });
  await client.projects.create({ place: studio.placeOf(studio.folder).token, name: 'next', classes: ['throw'] });
  return { tensors: path, description: path.replace(/safetensors$/u, 'json') };
}

const tensorsOf = (file: string) =>
  new Map([...readSafetensorsHeader(file)].map(([name, entry]) => [name, readTensorValue(entry)]));
const factsOf = (file: string) => JSON.parse(readSafetensorsMetadata(file)['cuepoint']!) as { readonly seen: unknown };

const take = ({ client, placeOf }: TestStudio, path: string) => client.versions.import({ place: placeOf(path).token });

test.each(['tensors', 'description'] as const)(
  'a version goes on in another project, named by its %s',
  async (file) => {
    const studio = await taughtStudio();
    const { client } = studio;
    const files = await exportedToNext(studio);
    await studio.useModel();
    const taken = await take(studio, files[file]);
    expect(taken).toMatchObject({ name: 'Version 1', kind: 'prompts', model: 'tiny-clip', origin: 'demo' });
    expect(taken).toMatchObject({ live: false, usable: true, passed: true });
    // A class of that number here is another one.
    expect(taken).toMatchObject({ shots: [{ classId: null, count: 1 }] });
    const tuned = join(studio.folder, 'next.cuepoint', 'tuned');
    const [name, ...others] = readdirSync(tuned);
    expect(others).toEqual([]);
    const kept = join(tuned, name!);
    expect(tensorsOf(kept)).toEqual(tensorsOf(files.tensors));
    expect(tensorsOf(kept).size).toBeGreaterThan(0);
    // Videos of that number here are others: none of their corrections was seen.
    expect(factsOf(files.tensors).seen).not.toEqual([]);
    expect(factsOf(kept)).toEqual({ ...factsOf(files.tensors), seen: [] });
    await client.versions.setLive({ versionId: taken.id });
    expect(await client.versions.list({ kind: null })).toMatchObject([{ id: taken.id, live: true }]);
    // It was learned from none of the corrections that will be made here.
    expect((await client.tuning.status()).correctionsSince).toBe(0);
  },
);

test('a version for another model, or for none, is refused and leaves nothing behind', async () => {
  const studio = await taughtStudio();
  const { tensors } = await exportedToNext(studio);
  await expect(take(studio, tensors)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(/has none: choose it first/),
  });
  const { name } = await studio.client.models.add({ place: studio.placeOf(otherModel).token });
  await studio.client.projects.changeSettings({ model: name });
  await expect(take(studio, tensors)).rejects.toMatchObject({
    code: 'bad-input',
    message:
      '"Version 1" was learned for the model "tiny-clip", which is not "clip-gelu" that this project uses: choose that one first.',
  });
  expect(await studio.client.versions.list({ kind: null })).toEqual([]);
  expect(readdirSync(join(studio.folder, 'next.cuepoint', 'tuned'))).toEqual([]);
});

test('files that are no such version say so', async () => {
  const studio = await taughtStudio();
  const { tensors, description } = await exportedToNext(studio);
  await studio.useModel();
  writeFileSync(tensors, 'others');
  await expect(take(studio, tensors)).rejects.toMatchObject({
    code: 'unreadable-model',
    message: expect.stringMatching(/do not belong/),
  });
  writeFileSync(description, '{"format":"cuepoint-version","kind":"of tomorrow"}');
  await expect(take(studio, tensors)).rejects.toMatchObject({
    code: 'unreadable-model',
    message: expect.stringMatching(/does not describe/),
  });
  if (process.platform !== 'win32') {
    rmSync(description);
    execFileSync('mkfifo', [description]);
    await expect(take(studio, tensors)).rejects.toMatchObject({ code: 'not-found' });
  }
  rmSync(tensors);
  await expect(take(studio, description)).rejects.toMatchObject({ code: 'not-found' });
  expect(existsSync(description)).toBe(true);
  expect(await studio.client.versions.list({ kind: null })).toEqual([]);
});

test('what corrections teach at once goes on in another project too, where a person lets it', async () => {
  const studio = await taughtStudio();
  const { client, engine } = studio;
  const folder = join(studio.folder, 'out');
  mkdirSync(folder);
  const { path } = await client.versions.exportCorrections({ place: studio.placeOf(folder).token });
  expect(readdirSync(folder).toSorted()).toEqual(['demo - Corrections.json', 'demo - Corrections.safetensors']);
  await client.projects.create({ place: studio.placeOf(studio.folder).token, name: 'next', classes: ['jump'] });
  const { name } = await client.models.add({ place: studio.placeOf(otherModel).token });
  await client.projects.changeSettings({ model: name });
  await expect(take(studio, path)).rejects.toMatchObject({ code: 'bad-input' });
  await client.projects.changeSettings({ model: 'tiny-clip' });
  const taken = await take(studio, path);
  expect(taken).toMatchObject({ kind: 'corrections', origin: 'demo', live: false, usable: true });
  expect(taken).toMatchObject({ classes: [{ prompt: 'jump', shots: 1 }], videoCount: 1 });
  await studio.addVideos({ 'b.mp4': 'b: 200' });
  await ended(studio, (await client.analysis.propose({ videoIds: null })).jobIds);
  await client.versions.setLive({ versionId: taken.id });
  await idle(studio);
  expect((await client.tuning.status()).lessonVersions).toMatchObject([{ id: taken.id, live: true }]);
  const asked = engine.asked.filter(({ task }) => task === 'localise').at(-1)!.input as { taught: object };
  expect(asked.taught).toMatchObject({ corrections: [], lessonFile: expect.stringMatching(/tuned.*safetensors$/u) });
  expect((await client.jobs.list()).flatMap(({ state, notes }) => (state === 'done' ? notes : [state]))).toEqual([]);
  await expect(client.versions.exportCorrections({ place: studio.placeOf(folder).token })).rejects.toMatchObject({
    code: 'nothing-to-do',
  });
});

/** One description of a span was not known then. */
function writeAsOlder(file: string): void {
  const { lesson, ...about } = readLessonFile(file);
  const basis = { ...lesson.basis, blocks: lesson.basis.blocks - 1 };
  const width = basis.blocks * basis.dim;
  const { counts, sums, scatter } = lesson;
  const narrow = { sums: sums.slice(0, counts.length * width), scatter: scatter.slice(0, width ** 2) };
  writeLessonFile(file, { ...about, lesson: { ...lesson, ...narrow, basis } });
}

/** What one project was taught at once, taken in by the next. */
async function lessonInNext(studio: TestStudio) {
  const { client } = studio;
  const folder = join(studio.folder, 'out');
  mkdirSync(folder);
  const { path } = await client.versions.exportCorrections({ place: studio.placeOf(folder).token });
  await client.projects.create({ place: studio.placeOf(studio.folder).token, name: 'next', classes: ['jump'] });
  await client.projects.changeSettings({ model: 'tiny-clip' });
  return path;
}

test('what an older program wrote is not taken in, and says so', async () => {
  const studio = await taughtStudio();
  const path = await lessonInNext(studio);
  writeAsOlder(path);
  const description = path.replace(/safetensors$/u, 'json');
  const about = JSON.parse(readFileSync(description, 'utf8')) as object;
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  writeFileSync(description, JSON.stringify({ ...about, sha256 }));
  await expect(take(studio, path)).rejects.toMatchObject({
    code: 'unreadable-model',
    message: expect.stringMatching(/written by another version of Cuepoint.*: export it there again/u),
  });
  expect(await studio.client.versions.list({ kind: null })).toEqual([]);
});

test('a live version whose file is damaged has no say, says so, and stops nothing', async () => {
  const studio = await taughtStudio();
  const { client } = studio;
  const { id } = await take(studio, await lessonInNext(studio));
  const [videoId] = await studio.addVideos({ 'b.mp4': 'b: 200' });
  await ended(studio, (await client.analysis.propose({ videoIds: null })).jobIds);
  await idle(studio);
  const before = await client.segments.list({ videoId: videoId! });
  await client.versions.setLive({ versionId: id });
  await idle(studio);
  const project = join(studio.folder, 'next.cuepoint');
  await studio.close();
  const [name] = readdirSync(join(project, 'tuned'));
  truncateSync(join(project, 'tuned', name!), 100);

  const again = openStudio({ folder: studio.folder });
  await again.openProject(project);
  const [proposed] = await ended(again, (await again.client.analysis.propose({ videoIds: null })).jobIds);
  const word = expect.stringMatching(/What another project taught .* is damaged, so that the corrections made here/u);
  expect(inEnglish(proposed)).toMatchObject({ state: 'done', notes: expect.arrayContaining([word]) });
  await idle(again);
  const scoresOf = (segments: readonly { readonly startUs: number; readonly score: number | null }[]) =>
    segments.map(({ startUs, score }) => `${startUs} ${score}`).toSorted();
  expect(scoresOf(await again.client.segments.list({ videoId: videoId! }))).toEqual(scoresOf(before));
});

test('a project whose live version an older program wrote goes on without it, and says so', async () => {
  const studio = await taughtStudio();
  const { client } = studio;
  const { id } = await take(studio, await lessonInNext(studio));
  await client.versions.setLive({ versionId: id });
  const [videoId] = await studio.addVideos({ 'b.mp4': 'b: 200' });
  await ended(studio, (await client.analysis.propose({ videoIds: null })).jobIds);
  await idle(studio);
  await studio.close();

  const project = join(studio.folder, 'next.cuepoint');
  const [name] = readdirSync(join(project, 'tuned'));
  const file = join(project, 'tuned', name!);
  writeAsOlder(file);

  const again = openStudio({ folder: studio.folder });
  await again.openProject(project);
  const word = expect.stringMatching(/written by another version of Cuepoint.*: export it there again/u);
  const [proposed] = await ended(again, (await again.client.analysis.propose({ videoIds: null })).jobIds);
  expect(inEnglish(proposed)).toMatchObject({ state: 'done', notes: expect.arrayContaining([word]) });
  await idle(again);
  const found = (await again.client.segments.list({ videoId: videoId! })).map(({ id: _, ...segment }) => segment);
  expect(found.length).toBeGreaterThan(0);
  // Gone back from, the word is no longer said, and nothing else changes.
  await again.client.versions.goBack({ kind: 'corrections' });
  const [plain] = await ended(again, (await again.client.analysis.propose({ videoIds: null })).jobIds);
  expect(plain).toMatchObject({ state: 'done' });
  await idle(again);
  expect(plain!.notes.map(english)).not.toContainEqual(word);
  const scoresOf = (segments: readonly { readonly startUs: number; readonly score: number | null }[]) =>
    segments.map(({ startUs, score }) => `${startUs} ${score}`).toSorted();
  expect(scoresOf(await again.client.segments.list({ videoId: videoId! }))).toEqual(scoresOf(found));
});
