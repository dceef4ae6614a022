// Protects: nothing takes the place of what is in use without finding at least as much on videos that neither has seen,
// and boundary heads are held against the one in use as prompts are.
import { describe, expect, it } from 'vitest';
import type { Span } from '#preload/domain/span.ts';
import { analyseFeatures } from '../propose/analyse-features.ts';
import type { LearnedBoundaries } from '../propose/learned-boundaries.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import { lookedThrough } from '../tune/synthetic-corrections.ts';
import { besideLive } from './beside-live.ts';
import { judgeParts } from './judge-parts.ts';
import { JudgedProject, type JudgedVideo } from './judged-project.ts';
import { boundarySentence } from './part-words.ts';
import type { RankedVideo } from './ranked-segments.ts';
import { noParts, type LiveParts, type TrainedParts } from './trained-parts.ts';
import { english } from '#preload/domain/saying.ts';

/** A video of one action, found by nothing, or by a segment that covers this share of it. */
const found = (videoId: number, share: number): RankedVideo => ({
  truth: {
    videoId,
    occurrences: [{ classIndex: 0, startUs: 0, endUs: 1000 }],
    rejected: [],
    reviewed: { startUs: 0, endUs: 5000 },
  },
  segments: share === 0 ? [] : [{ classIndex: 0, startUs: 0, endUs: 1000 * share, score: 0.5 }],
});
const videosBy = (shares: readonly number[]): RankedVideo[] => shares.map((share, at) => found(at + 1, share));

describe('what is in use', () => {
  it('stays where what passed finds less on videos that neither has seen, be it within noise', () => {
    const [live, passed] = [videosBy([1, 1, 1, 1]), videosBy([1, 1, 1, 0.6])];
    expect(besideLive(live, passed, new Set(), 1)).toMatchObject({ verdict: 'equal', liveStays: true });
    expect(besideLive(passed, live, new Set(), 1).liveStays).toBe(false);
    expect(besideLive(live, live, new Set(), 1).liveStays).toBe(false);
  });

  it('is not believed about videos that it has learned from', () => {
    const [live, passed] = [videosBy([1, 1, 0.6, 0.6]), videosBy([0.6, 0.6, 1, 1])];
    expect(besideLive(live, passed, new Set([1, 2]), 1)).toMatchObject({ videos: 2, liveStays: false });
    expect(besideLive(live, passed, new Set([3, 4]), 1)).toMatchObject({ videos: 2, liveStays: true });
  });

  it('has to be beaten by no more than noise where it has seen nearly all', () => {
    const seen = new Set([1, 2, 3]);
    expect(besideLive(videosBy([1, 1, 1, 1]), videosBy([1, 1, 1, 0.6]), seen, 1)).toMatchObject({
      videos: 4,
      liveStays: false,
    });
    expect(besideLive(videosBy([1, 1, 1, 1]), videosBy([0, 0, 0, 0]), seen, 1).liveStays).toBe(true);
  });
});

describe('boundary heads', () => {
  const world = syntheticWorld({ classCount: 4, classesPerVideo: 4, actionShare: 0.2, noiseShare: 1 });
  const classIds = [11, 12, 13, 14];
  const films = Array.from({ length: 10 }, (_, index) => {
    const { video, endUs, actions } = world.video(index + 1);
    const analysis = analyseFeatures(video, endUs);
    return { videoId: index + 1, analysis, features: analysis.features, endUs, actions };
  });
  const project = new JudgedProject({
    classIds,
    names: world.classSet,
    videos: films,
    ...lookedThrough(films, classIds),
  });

  /** Knows the edges of some actions of each video exactly, and of nothing else. */
  const knowing =
    (isKnown: (at: number) => boolean): NonNullable<TrainedParts['boundaries']> =>
    ({ videoId, analysis }: JudgedVideo) => {
      const { edgesUs } = analysis.grid;
      const known = films.find((film) => film.videoId === videoId)!.actions.filter((_, at) => isKnown(at));
      const isNear = (edgeUs: number, sideOf: (action: Span) => number): number =>
        known.some((action) => Math.abs(sideOf(action) - edgeUs) <= (edgesUs[1]! - edgesUs[0]!) / 2) ? 0.95 : 0.02;
      const boundaries: LearnedBoundaries = {
        start: Float64Array.from(edgesUs, (edge) => isNear(edge, ({ startUs }) => startUs)),
        end: Float64Array.from(edgesUs, (edge) => isNear(edge, ({ endUs }) => endUs)),
        action: Float64Array.from({ length: edgesUs.length - 1 }, (_, at) =>
          known.some(({ startUs, endUs }) => startUs <= edgesUs[at]! && edgesUs[at + 1]! <= endUs) ? 0.95 : 0.05,
        ),
        longestS: 60,
      };
      return Promise.resolve(boundaries);
    };
  const judged = (liveBoundaries: LiveParts) =>
    judgeParts(project, {
      videoFolds: project
        .videoFolds()
        .map((held) => ({ held, parts: { ...noParts, boundaries: knowing((at) => at % 3 !== 0) } })),
      classFolds: () => Promise.resolve([]),
      live: null,
      liveBoundaries,
      isOne: false,
    });
  const liveBy = (isKnown: (at: number) => boolean): LiveParts => ({
    parts: { ...noParts, boundaries: knowing(isKnown) },
    seen: new Set(),
  });

  it('go live beside one that helps less, and not beside one that helps more', async () => {
    const beside = await judged(liveBy((at) => at % 2 === 0));
    expect(beside).toMatchObject({ use: { boundaries: true }, besideLiveBoundaries: { liveStays: false } });
    const under = await judged(liveBy(() => true));
    expect(under).toMatchObject({ use: { boundaries: false }, besideLiveBoundaries: { liveStays: true } });
    expect(english(boundarySentence(under))).toMatch(/^Learned edges help: .* Those in use are better still: /);
  });
});
