// Protects: what was taught in one project starts the next, where the model is the same and only there.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSafetensorsHeader, readSafetensorsMetadata } from '#native-models/checkpoint/safetensors.ts';
import { readTensorValue } from '#native-models/checkpoint/tensor-value-file.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { ended, idle, openProjectStudio } from '../testing/open-studio.ts';
import type { TestStudio } from '../testing/open-studio.ts';

const outcomes = { of: 4, found: 3, falseAlarms: 1 };
const comparison = {
  verdict: 'better' as const,
  videos: 3,
  before: 0.5,
  after: 0.7,
  difference: { mean: 0.2, low: 0.1, high: 0.3 },
  shown: { before: outcomes, after: outcomes },
};
const judgement = {
  prompts: comparison,
  namesWithoutShots: null,
  temporal: null,
  boundaries: null,
  besideLive: null,
  use: { prompts: 'with shots' as const, temporal: false, boundaries: false },
};

/** A project in which prompts were learned, with a file as tuning writes one. */
async function taughtStudio(): Promise<TestStudio> {
  const studio = await openProjectStudio(['jump']);
  studio.engine.tasks.tune = ({ versionFile }) => {
    const prefix = { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) };
    const facts = { modelHash: 'tiny-clip', seen: [{ videoId: 1, startUs: 0, endUs: 5 }] };
    writeSafetensors(versionFile, new Map([['run0.learned.prefix', prefix]]), 'F32', {
      cuepoint: JSON.stringify(facts),
    });
    return {
      judgement: { ...judgement },
      prompts: {
        passed: true,
        reason: 'Prompts help.',
        use: { prompts: 'with shots', temporal: false },
        temporal: false,
      },
      boundaries: null,
      boundaryObstacle: 'Too few.',
      shortened: [],
      modelHash: 'tiny-clip',
      shots: [{ classId: 1, count: 2 }],
      backgroundShots: 1,
      videoCount: 1,
      warnings: [],
    };
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
    expect(taken).toMatchObject({ live: false, usable: true, passed: true, judgement: { prompts: comparison } });
    // A class of that number here is another one.
    expect(taken).toMatchObject({ shots: [{ classId: null, count: 2 }] });
    const tuned = join(studio.folder, 'next.cuepoint', 'tuned');
    const [name, ...others] = readdirSync(tuned);
    expect(others).toEqual([]);
    const kept = join(tuned, name!);
    expect([...readTensorValue(readSafetensorsHeader(kept).get('run0.learned.prefix')!).data]).toEqual([1, 2, 3, 4]);
    // Videos of that number here are others: none of their corrections was seen.
    expect(JSON.parse(readSafetensorsMetadata(kept)['cuepoint']!)).toEqual({ modelHash: 'tiny-clip', seen: [] });
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
  mkdirSync(join(studio.folder, 'other-clip'));
  const { name } = await studio.client.models.add({ place: studio.placeOf(join(studio.folder, 'other-clip')).token });
  await studio.client.projects.changeSettings({ model: name });
  await expect(take(studio, tensors)).rejects.toMatchObject({
    code: 'bad-input',
    message:
      '"Version 1" was learned for the model "tiny-clip", which is not "other-clip" that this project uses: choose that one first.',
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
  rmSync(tensors);
  await expect(take(studio, description)).rejects.toMatchObject({ code: 'not-found' });
  expect(existsSync(description)).toBe(true);
  expect(await studio.client.versions.list({ kind: null })).toEqual([]);
});
