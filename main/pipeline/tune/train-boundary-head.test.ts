// Protects: untrained, the boundary head says exactly what it was given; it learns from reviewed time alone; heads that
// are to be judged have not seen what they are judged by; the same data and seed give the same head.
import { describe, expect, it } from 'vitest';
import {
  initialBoundaryHead,
  openBoundaryTrainer,
  runBoundaryHead,
} from '#native-models/boundary-head/boundary-head.ts';
import { analyseFeatures } from '../propose/analyse-features.ts';
import { proposeSegments } from '../propose/propose-segments.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import {
  boundaryInput,
  boundaryInputWidth,
  boundaryTargets,
  boundaryWeights,
  knownStretches,
} from './boundary-samples.ts';
import {
  boundariesOf,
  boundaryObstacle,
  boundaryVideo,
  trainBoundaryHeads,
  type LabelledVideo,
} from './train-boundary-head.ts';
import { english } from '#preload/domain/saying.ts';

const world = syntheticWorld({ actionShare: 0.3, noiseShare: 0.6 });
const options = { seed: 1, provider: 'cpu' as const, threads: 1, steps: 40 };

function labelled(videoId: number): LabelledVideo {
  const { video, endUs, actions } = world.video(videoId);
  return {
    videoId,
    analysis: analyseFeatures(video, endUs),
    labels: { accepted: actions, rejected: [], reviewed: { startUs: 0, endUs } },
  };
}

const layers = { distances: [2], skip: 'none' } as const;

describe('the boundary head', () => {
  it('says exactly what it was given until it is trained', async () => {
    const { analysis } = labelled(1);
    const batch = boundaryInput(boundaryVideo(analysis, world.classSet));
    const shape = { width: boundaryInputWidth(analysis.dim), hidden: 16, ...layers };
    let draw = 0;
    const learned = initialBoundaryHead(shape, () => Math.sin((draw += 1)));
    const answer = await runBoundaryHead(shape, learned, batch, 'cpu');
    answer.forEach((value, at) => expect(value).toBeCloseTo(1 / (1 + Math.exp(-batch.priors[at]!)), 6));
    expect(proposeSegments(analysis, world.classSet, undefined, null)).toEqual(
      proposeSegments(analysis, world.classSet),
    );
  });

  it('learns from reviewed time alone', () => {
    const { analysis } = labelled(1);
    const video = boundaryVideo(analysis, world.classSet);
    const accepted = [{ startUs: 10_000_000, endUs: 14_000_000 }];
    const { targets, known } = boundaryTargets(video, {
      accepted,
      rejected: [{ startUs: 30_000_000, endUs: 31_000_000 }],
      reviewed: null,
    });
    const cells = (curve: number, values: Float32Array): number[] =>
      [...video.actionness.keys()]
        .filter((sample) => values[sample * 3 + curve] === 1)
        .map((sample) => video.edgesUs[sample]! / 1e6);
    expect(Math.min(...cells(0, targets))).toBeCloseTo(10, 0);
    expect(Math.max(...cells(0, targets))).toBeCloseTo(13.75, 0);
    expect(cells(1, targets).every((second) => Math.abs(second - 10) < 0.6)).toBe(true);
    expect(cells(2, targets).every((second) => Math.abs(second - 14) < 0.6)).toBe(true);
    expect(cells(0, known).every((second) => (second > 9 && second < 15) || (second > 29.5 && second < 31))).toBe(true);
    expect(cells(1, known).every((second) => second < 15)).toBe(true);
    const [weights] = boundaryWeights([{ targets, known }]);
    for (let curve = 0; curve < 3; curve += 1) {
      const sum = weights!.reduce((total, weight, at) => (at % 3 === curve ? total + weight : total), 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it('learns the same from what is known of a video as from all of it, in a fraction of its samples', async () => {
    const { analysis } = labelled(1);
    const video = boundaryVideo(analysis, world.classSet);
    const accepted = [10, 11.5, 30].map((second) => ({ startUs: second * 1e6, endUs: (second + 1) * 1e6 }));
    const labels = { accepted, rejected: [], reviewed: null };
    const { targets, known } = boundaryTargets(video, labels);
    const [weights] = boundaryWeights([{ targets, known }]) as [Float32Array];
    const input = boundaryInput(video);
    const shape = { width: boundaryInputWidth(analysis.dim), hidden: 16, ...layers };
    const some = knownStretches([{ input, targets, weights }], shape);
    expect(some.length).toBeLessThan(input.length / 3);

    await using trainer = await openBoundaryTrainer(shape, 'cpu', 1);
    let draw = 0;
    const learned = initialBoundaryHead(shape, () => Math.sin((draw += 1)));
    learned.get('out.weight')!.forEach((_, at, all) => (all[at] = Math.cos(at)));
    const fromAll = await trainer.step(learned, { ...input, targets, weights });
    const fromSome = await trainer.step(learned, some);
    expect(fromSome.loss).toBeCloseTo(fromAll.loss, 5);
    for (const [name, slopes] of fromAll.gradients)
      fromSome.gradients.get(name)!.forEach((slope, at) => expect(slope).toBeCloseTo(slopes[at]!, 4));
  });

  it('waits for enough corrections', () => {
    expect(english(boundaryObstacle([labelled(1)])!)).toMatch(/8 accepted segments in 2 videos/);
    expect(boundaryObstacle([1, 2].map(labelled))).toBeNull();
  });

  it('is trained without each part of the videos and on all, always the same for the same data', async () => {
    const videos = [1, 2, 3].map(labelled);
    const { perFold, all } = await trainBoundaryHeads(videos, world.classSet, [[1], [2, 3], [1, 2, 3]], options);
    expect(perFold.map((head) => head !== null)).toEqual([true, true, false]);
    const again = await trainBoundaryHeads(videos, world.classSet, [], options);
    expect(again.all.learned.get('out.weight')).toEqual(all.learned.get('out.weight'));
    expect(perFold[0]!.learned.get('out.weight')).not.toEqual(all.learned.get('out.weight'));
    const boundaries = await boundariesOf(all, boundaryVideo(videos[0]!.analysis, world.classSet), 'cpu');
    expect(boundaries.start.length).toBe(boundaries.action.length + 1);
  });
});
