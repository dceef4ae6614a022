// Protects: an interrupted report measures nothing twice, and nothing old under other options; features of films are
// made once for the scripts that they are of.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FilmCache } from './film-cache.ts';
import { KeptResults } from './kept-results.ts';
import type { Measurement } from './measurements.ts';
import { writeScripts } from './rendered-videos.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'kept-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

it('measures a task of a seed once for the same options', async () => {
  let measured = 0;
  const measure = (): Promise<Measurement[]> => {
    measured += 1;
    const about = { task: 'recognition', split: 'all', shots: 0, method: 'studio', metric: 'top-1' };
    return Promise.resolve([{ about, value: 1 / 3 }]);
  };
  const kept = (about: unknown) => new KeptResults(scratch, about);
  const first = await kept(['model']).of('names', 1, measure);
  expect(await kept(['model']).of('names', 1, measure)).toEqual(first);
  expect(measured).toBe(1);
  await kept(['other model']).of('names', 1, measure);
  await kept(['model']).of('names', 2, measure);
  await kept(['model']).of('totals', 1, measure);
  expect(measured).toBe(4);
});

it('makes the features of films once', async () => {
  const size = { clipsPerAction: 1, seenVideos: 1, novelVideos: 2, videosPerNovel: 1 };
  const { novel } = writeScripts(1, size, 1);
  let made = 0;
  const make = () => {
    made += 1;
    const features = Float32Array.of(made, 0);
    return Promise.resolve({ features, timesUs: Float64Array.of(5), seen: features });
  };
  const first = await new FilmCache(scratch, ['model']).featuresOf(novel, make);
  expect(await new FilmCache(scratch, ['model']).featuresOf(novel, make)).toEqual(first);
  expect(made).toBe(2);
  await new FilmCache(scratch, ['model']).featuresOf(writeScripts(2, size, 1).novel, make);
  await new FilmCache(scratch, ['other model']).featuresOf(novel, make);
  expect(made).toBe(6);
});
