// Protects: what is said of learning is measured on videos that were held back from it, told apart from noise, and names
// the correction that does harm.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanAveragePrecision } from '#main/evaluate/mean-average-precision.ts';
import { analyseFeatures } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import type { VideoEvidence } from '../learn/evidence.ts';
import type { Rows } from '../learn/rows.ts';
import { lookedThrough } from '../tune/synthetic-corrections.ts';
import type { Shot } from '../tune/training-shots.ts';
import { compare } from './comparison.ts';
import { culpritsOf } from './culprits.ts';
import { examine } from './examine.ts';
import { withoutClasses, withoutVideos } from './hold-back.ts';
import { joinFolds, JudgedProject, type JudgedInput } from './judged-project.ts';
import { judgedTIoUs, RankedSegments, type RankedVideo } from './ranked-segments.ts';
import { isDecided, type Truth } from './truth.ts';

const world = syntheticWorld({ classCount: 4, classesPerVideo: 4, actionShare: 0.2, noiseShare: 0.6 });
const classIds = [11, 12, 13, 14];
/** Names that point half at the next class: there is something to learn. */
const names: ClassSet = {
  ...world.classSet,
  classEmbeddings: world.classSet.classEmbeddings.map(
    (value, at, all) => value + 0.9 * all[(at + world.dim) % all.length]!,
  ),
};
const films = Array.from({ length: 8 }, (_, index) => {
  const { video, endUs, actions } = world.video(index + 1);
  const analysis = analyseFeatures(video, endUs);
  return { videoId: index + 1, analysis, features: analysis.features, endUs, actions };
});

function inputOf(corrected: number): JudgedInput {
  return { classIds, names, videos: films, ...lookedThrough(films.slice(0, corrected), classIds) };
}

describe('an examination of what was learned', () => {
  it('finds that corrections help, on videos that it held back, and shows where', async () => {
    const found = (await examine(new JudgedProject(inputOf(8))))!;
    expect(found.together.verdict).toBe('better');
    expect(found.together.difference.low).toBeGreaterThan(0);
    expect(found.together.shown.after.of).toBe(8 * 6);
    const won = found.moments.filter(({ kind }) => kind === 'won').length;
    const lost = found.moments.filter(({ kind }) => kind === 'lost').length;
    const { before, after } = found.together.shown;
    expect(won - lost).toBe(after.found - before.found);
    expect(found.classes.map(({ classIndex }) => classIndex)).toEqual([0, 1, 2, 3]);
  });

  it('is the same again, in whatever order corrections came', async () => {
    const input = inputOf(3);
    const again = { ...input, corrections: input.corrections.toReversed(), videos: input.videos.toReversed() };
    expect(await examine(new JudgedProject(again))).toEqual(await examine(new JudgedProject(input)));
  });

  it('holds nothing back where there is one video, and says so', async () => {
    expect(await examine(new JudgedProject(inputOf(1)))).toBeNull();
    expect(await examine(new JudgedProject({ ...inputOf(0), videos: [] }))).toBeNull();
  });

  it('names a wrong label that harms a class', async () => {
    // Of a class that was marked rightly in one video and wrongly in another, the wrong one is half of what is known.
    const input = { ...inputOf(5), reviewed: [] };
    const wrong = input.corrections.find(({ videoId, classId }) => videoId === 1 && classId === 11)!;
    const corrections = input.corrections
      .filter(({ videoId, classId }) => classId !== 12 || videoId === 4)
      .map((one) => (one === wrong ? { ...one, classId: 12 } : one));
    const project = new JudgedProject({ ...input, corrections });
    const evidence = project.evidence();
    const lessons = project.videoFolds().map((held) => ({
      held,
      taught: project.learnFrom(withoutVideos(evidence, new Set(held))),
    }));
    const ranked = joinFolds(lessons.map(({ held, taught }) => project.ranked(held, input.names, () => ({ taught }))));
    const worse = { classIndex: 1, comparison: compare(ranked, ranked, 4, [1]) };
    const culprits = await culpritsOf(project, evidence, lessons, [worse], () => Promise.resolve());
    expect(culprits.get(1)!.tried).toBe(5);
    const { shot, without } = culprits.get(1)!.culprit!;
    expect(shot).toMatchObject({ videoId: 1, startUs: wrong.startUs, classIds: [12] });
    expect(without).toBeGreaterThan(worse.comparison.after + 0.01);
    // What it promises is what comes of it.
    const rest = { ...evidence, videos: evidence.videos.map((video) => withoutSpan(video, shot)) };
    const again = joinFolds(
      lessons.map(({ held }) => {
        const taught = project.learnFrom(withoutVideos(rest, new Set(held)));
        return project.ranked(held, input.names, () => ({ taught }));
      }),
    );
    expect(compare(again, again, 4, [1]).after).toBeCloseTo(without, 9);
  });
});

function withoutSpan(video: VideoEvidence, { videoId, startUs }: Shot): VideoEvidence {
  const index = video.videoId === videoId ? video.shots.findIndex((shot) => shot.startUs === startUs) : -1;
  if (index < 0) return video;
  const cut = (rows: Rows): Rows => ({
    ...rows,
    count: rows.count - 1,
    values: rows.values.filter((_, at) => Math.floor(at / rows.width) !== index),
  });
  const { texts, codes } = video.shotSpans;
  return {
    ...video,
    shots: video.shots.filter((_, at) => at !== index),
    shotSpans: { texts: cut(texts), codes: cut(codes) },
  };
}

describe('what is held back', () => {
  it('leaves no trace of a video’s corrections, and none of a class', () => {
    const project = new JudgedProject(inputOf(4));
    const rest = withoutVideos(project.evidence(), new Set([2]));
    const bare = new JudgedProject({
      ...inputOf(4),
      corrections: inputOf(4).corrections.filter(({ videoId }) => videoId !== 2),
      reviewed: inputOf(4).reviewed.filter(({ videoId }) => videoId !== 2),
    });
    expect(rest).toEqual(bare.evidence());
    for (const { shots, reviewed } of withoutClasses(project.evidence(), new Set([11])).videos) {
      expect(shots.flatMap((shot) => shot.classIds)).not.toContain(11);
      if (reviewed === null) continue;
      expect(reviewed.codes.count).toBe(reviewed.qualities.length);
      for (let row = 0; row < reviewed.overlaps.count; row += 1)
        expect(reviewed.overlaps.values[row * classIds.length]).toBeLessThan(0.1);
    }
  });
});

const span = fc.record({
  classIndex: fc.constantFrom(0, 1),
  startUs: fc.integer({ min: 0, max: 50 }).map((second) => second * 1e6),
  lengthS: fc.integer({ min: 1, max: 12 }),
});
const ranked = fc.array(
  fc.record({
    occurrences: fc.array(span, { maxLength: 4 }),
    segments: fc.array(fc.record({ span, score: fc.integer({ min: 0, max: 40 }) }), { maxLength: 8 }),
  }),
  { minLength: 2, maxLength: 5 },
);
const spanOf = ({ classIndex, startUs, lengthS }: { classIndex: number; startUs: number; lengthS: number }) => ({
  classIndex,
  startUs,
  endUs: startUs + lengthS * 1e6,
});

describe('ranked segments', () => {
  it('are judged as evaluation judges them, and a video counted twice as two of it', () => {
    fc.assert(
      fc.property(ranked, (drawn) => {
        const videos = drawn.map(({ occurrences, segments }, video): RankedVideo => ({
          truth: {
            videoId: video + 1,
            occurrences: occurrences.map(spanOf),
            rejected: [],
            reviewed: { startUs: 0, endUs: 100e6 },
          },
          // No two scores alike: ties are broken differently.
          segments: segments
            .map((one, at) => ({ ...spanOf(one.span), score: one.score + (at + 10 * video) / 1000 }))
            .toSorted((a, b) => b.score - a.score),
        }));
        const mine = new RankedSegments(videos, 2);
        const inSeconds = (one: { startUs: number; endUs: number; classIndex: number }) => ({
          startS: one.startUs / 1e6,
          endS: one.endUs / 1e6,
          label: `${one.classIndex}`,
        });
        const scoreOf = (some: readonly RankedVideo[]): number =>
          meanAveragePrecision(
            new Map(some.map(({ truth }, at) => [`${at}`, truth.occurrences.map(inSeconds)])),
            new Map(
              some.map(({ segments }, at) => [`${at}`, segments.map((s) => ({ ...inSeconds(s), score: s.score }))]),
            ),
            judgedTIoUs,
          ).averageMap;
        const ones = videos.map(() => 1);
        expect(mine.meanAveragePrecision(mine.judgedClasses, ones)).toBeCloseTo(scoreOf(videos), 9);
        expect(mine.meanAveragePrecision(mine.judgedClasses, [0, ...ones.slice(1)])).toBeCloseTo(
          scoreOf(videos.slice(1)),
          9,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('differ from themselves by nothing', () => {
    const videos: RankedVideo[] = films.map(({ videoId, actions, endUs }) => ({
      truth: { videoId, occurrences: actions, rejected: [], reviewed: { startUs: 0, endUs } },
      segments: actions.map((one, at) => ({ ...one, score: 1 / (at + 1) })),
    }));
    expect(compare(videos, videos, 4)).toMatchObject({ verdict: 'equal', difference: { mean: 0, low: 0, high: 0 } });
    expect(compare(videos.slice(0, 1), videos.slice(0, 1), 4).verdict).toBe('untested');
    const nothing = videos.map(({ truth }) => ({ truth, segments: [] }));
    expect(compare(nothing, videos, 4).verdict).toBe('better');
    expect(compare(videos, nothing, 4).verdict).toBe('worse');
  });

  it('count in a half-reviewed video only where something was decided', () => {
    const truth: Truth = {
      videoId: 1,
      occurrences: [{ classIndex: 0, startUs: 10, endUs: 20 }],
      rejected: [{ classIndex: 1, startUs: 40, endUs: 50 }],
      reviewed: null,
    };
    const at = (classIndex: number, startUs: number) => ({ classIndex, startUs, endUs: startUs + 10 });
    expect(isDecided(truth, at(1, 12))).toBe(true);
    expect(isDecided(truth, at(1, 41))).toBe(true);
    expect(isDecided(truth, at(0, 41))).toBe(false);
    expect(isDecided(truth, at(0, 70))).toBe(false);
    expect(isDecided({ ...truth, reviewed: { startUs: 0, endUs: 100 } }, at(0, 70))).toBe(true);
  });
});
