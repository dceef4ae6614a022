// Protects: searching finds the right moments of the right videos, once each.
import { describe, expect, it } from 'vitest';
import { spanFeature } from '../classify/classify-span.ts';
import type { FrameFeatures } from '../feature-store/frame-features.ts';
import { analyseFeatures } from '../propose/analyse-features.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import type { SearchableVideo } from './search-moments.ts';
import { searchMoments } from './search-moments.ts';

/** One sample a second; each number is how much of the query a sample shows. */
function showing(videoId: string, cosines: readonly number[]): SearchableVideo<string> {
  const video: FrameFeatures = {
    features: Float32Array.from(cosines.flatMap((cosine) => [cosine, Math.sqrt(1 - cosine * cosine)])),
    timesUs: Float64Array.from(cosines, (_, index) => index * 1e6),
    dim: 2,
  };
  return { videoId, video, endUs: cosines.length * 1e6 };
}

const query = Float32Array.of(3, 0);
const quiet = (count: number): number[] => Array.from({ length: count }, () => 0.1);

describe('searching for moments', () => {
  it('finds the peaks of all videos, best first, with where they begin and end', async () => {
    const videos = [
      showing('a', [...quiet(10), 0.5, 0.7, 0.5, ...quiet(10)]),
      showing('b', [...quiet(20), 0.9, 0.9, ...quiet(5), 0.3, ...quiet(9)]),
    ];
    const found = await searchMoments(query, videos, { mergeGapS: 0, smoothingS: 1, top: 3 });
    expect(found).toEqual([
      { videoId: 'b', startUs: 19.5e6, endUs: 21.5e6, peakUs: 20e6, score: expect.closeTo(0.9, 5) },
      { videoId: 'a', startUs: 9.5e6, endUs: 12.5e6, peakUs: 11e6, score: expect.closeTo(0.7, 5) },
      { videoId: 'b', startUs: 26.5e6, endUs: 27.5e6, peakUs: 27e6, score: expect.closeTo(0.3, 5) },
    ]);
  });

  it('joins neighbours and keeps apart what is apart', async () => {
    const video = showing('a', [...quiet(10), 0.9, 0.2, 0.8, ...quiet(10), 0.7, ...quiet(10)]);
    const spansWithGap = async (mergeGapS: number) =>
      (await searchMoments(query, [video], { mergeGapS, top: 3 })).map(({ startUs, endUs }) => [
        startUs / 1e6,
        endUs / 1e6,
      ]);
    expect(await spansWithGap(1)).toEqual([
      [9.5, 12.5],
      [22.5, 23.5],
    ]);
    expect((await spansWithGap(0)).length).toBe(3);
  });

  it('takes a video that is the same all the time for one moment', async () => {
    expect(await searchMoments(query, [showing('a', quiet(8))])).toMatchObject([{ startUs: 0, endUs: 8e6 }]);
  });

  it('reads videos as they come', async () => {
    async function* stored() {
      yield showing('a', [...quiet(4), 0.6, ...quiet(4)]);
      yield showing('b', [...quiet(4), 0.8, ...quiet(4)]);
    }
    expect((await searchMoments(query, stored(), { top: 1 })).map((moment) => moment.videoId)).toEqual(['b']);
  });

  it('finds the actions of a class by its text', async () => {
    const world = syntheticWorld({ classesPerVideo: 2 });
    const videos = [1, 2, 3].map((seed) => ({ videoId: seed, ...world.video(seed) }));
    const { classIndex } = videos[1]!.actions[0]!;
    const text = world.classSet.classEmbeddings.slice(classIndex * world.dim, (classIndex + 1) * world.dim);
    const [best] = await searchMoments(text, videos);
    const actions = videos
      .find((one) => one.videoId === best!.videoId)!
      .actions.filter((one) => one.classIndex === classIndex);
    expect(actions.some((action) => action.startUs <= best!.peakUs && best!.peakUs < action.endUs)).toBe(true);
  });

  it('finds segments like one of a video by their mean feature', async () => {
    const world = syntheticWorld({ classesPerVideo: 2, actionShare: 0.8, noiseShare: 0.3, sceneS: 1e6 });
    const { video, endUs, actions } = world.video(5);
    const likeness = Float32Array.from(spanFeature(analyseFeatures(video, endUs), actions[0]));
    const found = await searchMoments(likeness, [{ videoId: 5, video, endUs }], { top: 3 });
    const classesFound = found.map(
      ({ peakUs }) => actions.find((action) => action.startUs <= peakUs && peakUs < action.endUs)?.classIndex,
    );
    expect(classesFound).toEqual(classesFound.map(() => actions[0]!.classIndex));
  });

  it('refuses a query of another encoder', async () => {
    await expect(searchMoments(Float32Array.of(1, 0, 0), [showing('a', [1])])).rejects.toThrow(RangeError);
    await expect(searchMoments(Float32Array.of(0, 0), [])).rejects.toMatchObject({ code: 'bad-input' });
  });
});
