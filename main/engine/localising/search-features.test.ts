// Protects: searches of many videos go by their stretches, find what comparing every feature finds, and follow the videos
// that there are; what was kept for them may be lost or damaged.
import { english } from '#preload/domain/saying.ts';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { unitRows } from '#main/pipeline/vectors/unit-rows.ts';
import { preprocessImage } from '#native-models/image/preprocess-image.ts';
import { openFrameEncoder } from '../memory/frame-encoder.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { makeTestBench, type TestBench } from '../../testing/engine-test-bench.ts';
import { EngineMemory } from '../tasks/engine-memory.ts';
import type { SearchInput, SearchQuestion, TaughtVideo } from '../vocabulary.ts';
import { searchFeatures } from './search-features.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const settings = { samplingFps: 4, templates: [], backgroundTexts: [] };
const seconds = 60;
const always = 0;
const never = Infinity;
let bench: TestBench;
let featuresFolder: string;
let memory: EngineMemory;
const videos: TaughtVideo[] = [];
const steps: string[] = [];

const search = (question: SearchQuestion, indexFrom: number, rest: Partial<SearchInput> = {}) =>
  searchFeatures(
    { question, videos, model: bench.model, featuresFolder, settings, top: 8, ...rest },
    { memory, signal: new AbortController().signal, report: ({ step }) => steps.push(english(step)) },
    indexFrom,
  );
const stretchFiles = () => readdirSync(featuresFolder).filter((name) => name.endsWith('-stretches'));

async function addVideo(videoId: number): Promise<void> {
  const { dim } = await memory.models.facts(bench.model);
  const random = seededRandom(videoId);
  const direction = () => Float32Array.from({ length: dim }, () => random.normal());
  const scenes = Array.from({ length: 12 }, direction);
  const rows = Float32Array.from(
    { length: seconds * 4 * dim },
    (_, at) => scenes[Math.floor(at / (20 * dim))]![at % dim]! + 0.4 * random.normal(),
  );
  const timesUs = Float64Array.from({ length: seconds * 4 }, (_, row) => row * 250_000);
  const checksum = `video ${videoId}`;
  const key = await memory.models.featureKey(checksum, bench.model, 4);
  await new FeatureStore(featuresFolder).take(key, { features: unitRows(rows, dim), timesUs, dim });
  videos.push({ videoId, name: `${checksum}.mp4`, checksum, endUs: seconds * 1e6 });
}

beforeAll(async () => {
  bench = await makeTestBench(1);
  featuresFolder = path.join(bench.folder, 'features');
  memory = new EngineMemory();
  for (const videoId of [1, 2, 3]) await addVideo(videoId);
});
afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

/** Where a video's lower quartile lies is estimated, so edges may differ; peaks and scores may not. */
const peaks = ({ moments }: Awaited<ReturnType<typeof search>>) =>
  moments.map(({ videoId, peakUs, score }) => [videoId, peakUs, score.toFixed(5)]);

const asked = { text: 'a person jumps' };

it('finds the moments that comparing every feature finds, and keeps stretches beside the features', async () => {
  const exact = await search(asked, never);
  expect(stretchFiles()).toEqual([]);
  const found = await search(asked, always);
  expect(peaks(found)).toEqual(peaks(exact));
  expect(found.warnings).toEqual([]);
  expect(stretchFiles()).toHaveLength(3);
  expect(steps).toContain('preparing video 3 of 3 for searching');
});

it('takes in a video that came, and leaves out one that went', async () => {
  await addVideo(4);
  steps.length = 0;
  expect(peaks(await search(asked, always))).toEqual(peaks(await search(asked, never)));
  expect(steps.filter((step) => step.startsWith('preparing'))).toEqual(['preparing video 1 of 1 for searching']);
  const without = { videos: videos.filter(({ videoId }) => videoId !== 2) };
  const found = await search(asked, always, without);
  expect(peaks(found)).toEqual(peaks(await search(asked, never, without)));
  expect(found.moments.some(({ videoId }) => videoId === 2)).toBe(false);
  expect(peaks(await search(asked, always))).toEqual(peaks(await search(asked, never)));
});

it('makes anew what was damaged, with a word, and what was lost without one', async () => {
  const before = await search(asked, always);
  const [damaged, lost] = stretchFiles();
  const file = path.join(featuresFolder, damaged!);
  const whole = readFileSync(file);
  const bytes = Uint8Array.from(whole);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
  rmSync(path.join(featuresFolder, lost!));
  await memory.stretches.forget();
  const again = await search(asked, always);
  expect(inEnglish(again)).toEqual({
    moments: before.moments,
    warnings: [expect.stringMatching(/^What was kept for searching in video \d\.mp4 was damaged/)],
  });
  expect(readFileSync(file).equals(whole)).toBe(true);
  expect(stretchFiles()).toHaveLength(4);
});

it('compares every feature where memory does not hold the stretches', async () => {
  await using small = new EngineMemory();
  Object.defineProperty(small.stretches, 'capacityBytes', { value: 1 });
  const { moments } = await searchFeatures(
    { question: asked, videos, model: bench.model, featuresFolder, settings, top: 8 },
    { memory: small, signal: new AbortController().signal, report: () => undefined },
    always,
  );
  expect(moments).toEqual((await search(asked, never)).moments);
});

it.each([['stretch by stretch', always] as const, ['feature by feature', never] as const])(
  'finds moments like one, %s, and not that one',
  async (_, indexFrom) => {
    const like = { videoId: 1, startUs: 10e6, endUs: 14e6 };
    const { moments } = await search({ like }, indexFrom);
    expect(moments.length).toBeGreaterThan(0);
    expect(
      moments.filter(({ videoId, startUs, endUs }) => videoId === 1 && startUs < like.endUs - 1e6 && endUs > 11e6),
    ).toEqual([]);
    await expect(search({ like: { ...like, videoId: 9 } }, indexFrom)).rejects.toMatchObject({ code: 'not-found' });
  },
);

it('asks for what is like a segment without reading the rest of its video', async () => {
  await using fresh = new EngineMemory();
  const like = { videoId: 1, startUs: 10e6, endUs: 14e6 };
  const { moments } = await searchFeatures(
    { question: { like }, videos, model: bench.model, featuresFolder, settings, top: 8 },
    {
      memory: Object.assign(fresh, { videos: { of: () => Promise.reject(new Error('a whole video was read')) } }),
      signal: new AbortController().signal,
      report: () => undefined,
    },
    always,
  );
  expect(moments).toEqual((await search({ like }, always)).moments);
});

it.each([
  ['stretch by stretch', 'gone', always],
  ['feature by feature', 'gone', never],
  ['stretch by stretch', 'damaged', always],
  ['feature by feature', 'damaged', never],
] as const)('finds moments %s though features of one video are %s by now', async (_, how, indexFrom) => {
  await search(asked, always);
  await using fresh = new EngineMemory();
  const key = await memory.models.featureKey('video 4', bench.model, 4);
  const store = new FeatureStore(featuresFolder);
  const { features: file } = store.filesOf(key);
  const before = await store.open(key);
  const searched = (videosNow: readonly TaughtVideo[]) =>
    searchFeatures(
      { question: asked, videos: videosNow, model: bench.model, featuresFolder, settings, top: 8 },
      {
        memory: Object.assign(fresh, {
          texts: {
            // By now the search knows which features there are.
            embed: async (...input: Parameters<EngineMemory['texts']['embed']>) => {
              if (how === 'gone') rmSync(file, { force: true });
              else writeFileSync(file, readFileSync(file).subarray(0, 1000));
              return memory.texts.embed(...input);
            },
          },
        }),
        signal: new AbortController().signal,
        report: () => undefined,
      },
      indexFrom,
    );
  const found = await searched(videos);
  expect(peaks(found)).toEqual(
    peaks(await search(asked, never, { videos: videos.filter((one) => one.videoId !== 4) })),
  );
  expect(inEnglish(found.warnings)).toEqual(
    how === 'gone' ? [] : [expect.stringMatching(/was damaged; it is set aside/)],
  );
  if (before.state === 'complete') await store.take(key, before.video);
});

it('finds where a picture from elsewhere is seen, by its features, among few samples and many', async () => {
  const random = seededRandom(77);
  const picture = {
    width: 48,
    height: 32,
    rgb: Uint8Array.from({ length: 3 * 48 * 32 }, (_, at) => (at % 3 === 0 ? 220 : random.below(256))),
  };
  const encoder = await openFrameEncoder(memory, bench.model);
  const pixels = Float32Array.from(preprocessImage(picture.rgb, 48, 32, encoder.preprocessing));
  const { features } = await encoder.encode(pixels, 1);
  const { dim } = encoder;
  const checksum = 'video 9';
  const rows = Float32Array.from({ length: seconds * 4 * dim }, () => random.normal());
  // From 10 s to 14 s the video shows that very picture.
  for (let row = 40; row < 56; row += 1) rows.set(features.subarray(0, dim), row * dim);
  const timesUs = Float64Array.from({ length: seconds * 4 }, (_, row) => row * 250_000);
  const key = await memory.models.featureKey(checksum, bench.model, 4);
  await new FeatureStore(featuresFolder).take(key, { features: unitRows(rows, dim), timesUs, dim });
  videos.push({ videoId: 9, name: 'video 9.mp4', checksum, endUs: seconds * 1e6 });
  for (const from of [never, always]) {
    const [best] = (await search({ picture }, from)).moments;
    expect(best).toMatchObject({ videoId: 9 });
    expect(best!.score).toBeGreaterThan(0.99);
    expect(best!.peakUs).toBeGreaterThanOrEqual(10_000_000);
    expect(best!.peakUs).toBeLessThan(14_000_000);
  }
});
