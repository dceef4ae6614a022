// Protects: by way of stretches the same moments are found as by comparing every sample, and a query's cost is that of the
// stretches alone.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { seededRandom } from '#main/random/seeded-random.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import { rowDot } from '../vectors/similarity.ts';
import { unitRows } from '../vectors/unit-rows.ts';
import { momentsNear } from './moments-near.ts';
import { nearestRows, onOneThread } from './nearest-rows.ts';
import type { FeatureRows } from './sampled-curve.ts';
import { searchMoments } from './search-moments.ts';
import { defaultSearchSettings } from './search-settings.ts';
import { StretchIndex } from './stretch-index.ts';
import { codesOf, stretchesOf } from './stretches.ts';

const search = onOneThread((await nearestRows())!);
const of4Fps = (features: Float32Array, dim: number) => ofFps(features, dim, 4);
const ofFps = (features: Float32Array, dim: number, fps: number) =>
  stretchesOf(
    { features, dim, timesUs: Float64Array.from({ length: features.length / dim }, (_, at) => (at * 1e6) / fps) },
    ((features.length / dim) * 1e6) / fps,
  );
const top = 10;

const world = syntheticWorld({ classesPerVideo: 3, durationS: 300, actionsPerVideo: 8 });
const videos = Array.from({ length: 12 }, (_, at) => ({ videoId: `video ${at}`, ...world.video(at + 1) }));

const rowsOf = ({ video, endUs }: (typeof videos)[number]): FeatureRows => ({
  count: video.timesUs.length,
  endUs,
  times: () => video.timesUs,
  dots: (from, to, vector) =>
    Float64Array.from({ length: to - from }, (_, at) => rowDot(video.features, from + at, vector)),
});

function indexOf(all: typeof videos): StretchIndex {
  const index = new StretchIndex(world.dim, search);
  for (const { videoId, video, endUs } of all) index.add(videoId, stretchesOf(video, endUs));
  return index;
}

const near = (query: Float32Array, asked = videos, index = indexOf(videos)) => {
  const byName = new Map(asked.map((one) => [one.videoId, one]));
  return momentsNear(
    unitRows(query, world.dim),
    {
      index,
      isAsked: (name) => byName.has(name),
      open: (name) => ({ videoId: name, rows: rowsOf(byName.get(name)!) }),
    },
    { ...defaultSearchSettings, top },
  );
};

describe('moments near stretches', () => {
  it('are those that all samples give, with their peaks and scores', async () => {
    for (let classIndex = 0; classIndex < 4; classIndex += 1) {
      const text = world.classSet.classEmbeddings.slice(classIndex * world.dim, (classIndex + 1) * world.dim);
      const exact = await searchMoments(text, videos, { top });
      const found = await near(text);
      expect(found.map(({ videoId, peakUs }) => [videoId, peakUs])).toEqual(
        exact.map(({ videoId, peakUs }) => [videoId, peakUs]),
      );
      found.forEach(({ score }, at) => expect(score).toBeCloseTo(exact[at]!.score, 6));
    }
  });

  it('are of the videos that are asked about alone', async () => {
    const text = world.classSet.classEmbeddings.slice(0, world.dim);
    const [first, ...others] = videos;
    const found = await near(text, others);
    expect(found.some(({ videoId }) => videoId === first!.videoId)).toBe(false);
    expect(found.length).toBe(top);
  });

  it('do not depend on the order in which videos came', async () => {
    const text = world.classSet.classEmbeddings.slice(0, world.dim);
    expect(await near(text, videos, indexOf(videos.toReversed()))).toEqual(await near(text));
  });
});

describe('stretches', () => {
  it('cover every sample once, are a second to four long, and say what their mean is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 90 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer(),
        (count, fps, seed) => {
          const random = seededRandom(seed);
          const dim = 8;
          const features = unitRows(
            Float32Array.from({ length: count * dim }, (_, at) => random.normal() + 3 * (at % 2)),
            dim,
          );
          const { lengths, scales, codes } = ofFps(features, dim, fps);
          let sample = 0;
          lengths.forEach((length, stretch) => {
            expect(length).toBeLessThanOrEqual(4 * fps);
            if (stretch + 1 < lengths.length) expect(length % fps).toBe(0);
            for (let column = 0; column < dim; column += 1) {
              let mean = 0;
              for (let row = sample; row < sample + length; row += 1) mean += features[row * dim + column]! / length;
              expect(Math.abs(codes[stretch * dim + column]! * scales[stretch]! - mean)).toBeLessThan(1 / 127);
            }
            sample += length;
          });
          expect(sample).toBe(count);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are one where a video stands still, and one a second where it never does', () => {
    const still = Float32Array.from({ length: 16 * 4 }, (_, at) => (at % 4 === 0 ? 1 : 0));
    expect([...of4Fps(still, 4).lengths]).toEqual([16]);
    const turning = Float32Array.from({ length: 16 * 4 }, (_, at) => (Math.floor(at / 16) === at % 4 ? 1 : 0));
    expect([...of4Fps(turning, 4).lengths]).toEqual([4, 4, 4, 4]);
  });
});

describe('an index of stretches', () => {
  it('finds what comparing all codes finds, over more rows than lie in one piece of memory', async () => {
    const dim = 16;
    const random = seededRandom(5);
    const row = () =>
      unitRows(
        Float32Array.from({ length: dim }, () => random.normal()),
        dim,
      );
    const index = new StretchIndex(dim, search);
    const all: { readonly name: string; readonly at: number; readonly score: number }[] = [];
    const query = row();
    for (let video = 0; video < 30; video += 1) {
      // A picture that stands for minutes gives rows that are equally far.
      const still = row();
      const rows = Array.from({ length: 1400 }, (_, at) => (at < 400 ? still : row()));
      const name = String(video);
      const stretches = {
        dim,
        stepS: 0.25,
        lengths: new Uint16Array(rows.length).fill(1),
        scales: new Float32Array(rows.length).fill(1 / 127),
        codes: Int8Array.from(rows.flatMap((one) => [...codesOf(one)])),
      };
      index.add(name, stretches);
      // Another search missed the same video.
      if (video % 10 === 0) index.add(name, stretches);
      rows.forEach((one, at) =>
        all.push({ name, at, score: one.reduce((sum, value, c) => sum + value * query[c]!, 0) }),
      );
    }
    expect(index.rowCount).toBe(42_000);
    const hits = [...(await index.nearest(query))];
    const best = all.toSorted((a, b) => b.score - a.score);
    const scores = new Map(all.map(({ name, at, score }) => [`${name} ${at}`, score]));
    hits.slice(0, 1000).forEach(({ name, start, cosine }, at) => {
      expect(cosine).toBeCloseTo(best[at]!.score, 2);
      expect(cosine).toBeCloseTo(scores.get(`${name} ${start}`)!, 2);
    });
    // Asked for more and more, each piece gives every row once, in order.
    expect(new Set(hits.map(({ name, start }) => `${name} ${start}`)).size).toBe(42_000);
    expect(hits.every(({ cosine }, at) => at === 0 || cosine <= hits[at - 1]!.cosine)).toBe(true);
  });
});
