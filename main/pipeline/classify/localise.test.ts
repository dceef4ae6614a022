// Protects: what a person sees after typing class names: classified segments, their ranking, and recognition.
import { describe, expect, it } from 'vitest';
import { evaluate } from '#main/evaluate/evaluate.ts';
import { analyseFeatures } from '../propose/analyse-features.ts';
import { defaultLocalisationSettings } from '../propose/localisation-settings.ts';
import { proposeSegments } from '../propose/propose-segments.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import type { SyntheticWorldOptions } from '../propose/synthetic-video.ts';
import { classifySpan } from './classify-span.ts';
import type { ScoredSegment } from './classify-proposals.ts';
import { localise, segmentsForReview } from './localise.ts';

const world = syntheticWorld({ classesPerVideo: 3 });
const { dim, classSet } = world;
const { video, endUs, actions } = world.video(3);
const analysis = analyseFeatures(video, endUs);
const { segments } = localise(analysis, classSet);

const inSeconds = (segment: { startUs: number; endUs: number; classIndex: number; score?: number }) => ({
  startS: segment.startUs / 1e6,
  endS: segment.endUs / 1e6,
  label: `class ${segment.classIndex}`,
  score: segment.score ?? 1,
});

/** Average mAP over tIoU .3:.1:.7 on eight videos of a made-up world. */
function averageMap(options: SyntheticWorldOptions): number {
  const made = syntheticWorld(options);
  const videos = Array.from({ length: 8 }, (_, seed) => ({ id: `video ${seed}`, ...made.video(seed) }));
  const truth = new Map(videos.map((one) => [one.id, { subset: null, segments: one.actions.map(inSeconds) }]));
  const predictions = new Map(
    videos.map((one) => [
      one.id,
      localise(analyseFeatures(one.video, one.endUs), made.classSet).segments.map(inSeconds),
    ]),
  );
  return evaluate(truth, predictions, 'thumos14').average_map;
}

describe('localisation', () => {
  it.each([
    ['one class a video', {}, 0.75],
    ['three classes a video', { classesPerVideo: 3 }, 0.6],
    ['long actions', { actionS: [20, 60], actionsPerVideo: 2, durationS: 180 } as const, 0.7],
    ['weak actions and much noise', { actionShare: 0.25, noiseShare: 0.7 }, 0.4],
  ])('finds the actions of made-up videos: %s', (_, options, least) => {
    expect(averageMap(options)).toBeGreaterThan(least);
  });

  it('gives segments with their ranking, best first', () => {
    const scores = segments.map((segment) => segment.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    for (const segment of segments) {
      const own = segment.ranking.findIndex((ranked) => ranked.classIndex === segment.classIndex);
      expect(own).toBeGreaterThanOrEqual(0);
      expect(own).toBeLessThan(defaultLocalisationSettings.classification.classesPerProposal);
      expect(segment.ranking.length).toBe(5);
      expect(segment.score).toBeLessThanOrEqual(segment.ranking[own]!.score);
      expect(segment.ranking[own]!.score).toBeGreaterThan(0);
      expect(segment.ranking[own]!.score).toBeLessThan(1);
    }
  });

  it('gives the same answer again, also after another class list was asked for', () => {
    const fewer = { ...classSet, classEmbeddings: classSet.classEmbeddings.slice(0, 3 * dim) };
    const first = localise(analyseFeatures(video, endUs), fewer).segments;
    expect(localise(analysis, fewer).segments).toEqual(first);
    expect(localise(analysis, classSet).segments).toEqual(segments);
  });

  it('leaves out nothing but overlaps and weak ones for review', () => {
    const review = segmentsForReview(segments, { minScore: 0.2, minTIoU: 0.5 });
    expect(review.length).toBeGreaterThan(0);
    for (const segment of review) expect(segment.score).toBeGreaterThanOrEqual(0.2);
    expect(segmentsForReview(review, { minScore: 0.2, minTIoU: 0.5 })).toEqual(review);
    const everyClass = (list: readonly ScoredSegment[]) => new Set(list.map((segment) => segment.classIndex));
    expect(everyClass(review)).toEqual(everyClass(segments.filter((segment) => segment.score >= 0.2)));
  });

  it('has no segments without classes, and one class is enough', () => {
    expect(localise(analysis, { ...classSet, classEmbeddings: new Float32Array(0) }).segments).toEqual([]);
    const nothing = { ...classSet, classEmbeddings: new Float32Array(0), backgroundEmbeddings: new Float32Array(0) };
    expect(localise(analysis, nothing).segments).toEqual([]);
    expect(
      localise(analysis, { ...classSet, backgroundEmbeddings: new Float32Array(0) }).segments.length,
    ).toBeGreaterThan(0);
    const one = { ...classSet, classEmbeddings: classSet.classEmbeddings.slice(0, dim) };
    expect(localise(analysis, one).segments.every((segment) => segment.classIndex === 0)).toBe(true);
  });

  it('classifies by dense features where there are some', () => {
    const proposed = proposeSegments(analysis, classSet);
    const denseFeatures = video.features;
    const same = localise(analysis, classSet, defaultLocalisationSettings, { proposed, denseFeatures });
    expect(same.segments).toEqual(segments);
  });
});

describe('recognition', () => {
  it('names the class of a span', () => {
    const clear = syntheticWorld({ classesPerVideo: 3, actionShare: 0.6 });
    const one = clear.video(3);
    const analysed = analyseFeatures(one.video, one.endUs);
    for (const action of one.actions) {
      const [best, ...others] = classifySpan(analysed, clear.classSet, { span: action, top: 3 });
      expect(best!.classIndex).toBe(action.classIndex);
      expect(others.length).toBe(2);
      expect(best!.probability).toBeGreaterThanOrEqual(others[0]!.probability);
    }
  });

  it('looks at the whole clip without a span, and at one sample for a very short one', () => {
    expect(classifySpan(analysis, classSet)).toEqual(classifySpan(analysis, classSet, { span: { startUs: 0, endUs } }));
    const middleUs = (actions[0]!.startUs + actions[0]!.endUs) / 2;
    expect(classifySpan(analysis, classSet, { span: { startUs: middleUs, endUs: middleUs + 1 } }).length).toBe(5);
    expect(classifySpan(analysis, classSet, { span: { startUs: endUs, endUs: endUs + 5 } }).length).toBe(5);
  });
});
