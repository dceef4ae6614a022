// Protects: the published protocols over a whole drawn set in THUMOS’14’s shape, against their definition worked out plainly.
import { describe, expect, test } from 'vitest';
import { seededRandom, type SeededRandom } from '../random/seeded-random.ts';
import { evaluate } from './evaluate.ts';
import { protocols } from './protocols.ts';
import { readGroundTruth } from './read-ground-truth.ts';
import { readPredictions } from './read-predictions.ts';

interface Annotation {
  readonly segment: readonly [startS: number, endS: number];
  readonly label: string;
}
interface Prediction extends Annotation {
  readonly score: number;
}
interface DrawnSet {
  readonly truth: ReadonlyMap<string, { readonly subset: string; readonly annotations: readonly Annotation[] }>;
  readonly predictions: ReadonlyMap<string, readonly Prediction[]>;
}

const labels = ['Diving', 'HighJump', 'LongJump', 'ThrowDiscus', 'never predicted'];
const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Annotations to the tenth of a second, some of which lie over each other, as in THUMOS’14. */
function drawAnnotations(random: SeededRandom): Annotation[] {
  const annotations: Annotation[] = [];
  for (let endS = 0; annotations.length < 8;) {
    const startS = Math.max(0, endS + random.between(-8, 12));
    endS = startS + random.between(2, 12);
    annotations.push({ segment: [tenths(startS), tenths(endS)], label: random.pick(labels) });
  }
  return annotations;
}

/** Most annotations moved a little, some twice or under another name, some missed, and some of nothing at all. */
function perturb(random: SeededRandom, annotations: readonly Annotation[]): Prediction[] {
  const near = annotations.flatMap(({ segment: [startS, endS], label }) =>
    Array.from({ length: random.below(3) }, (): Prediction => {
      const off = (): number => random.normal() * 0.12 * (endS - startS);
      const said = label === labels.at(-1) || random.chance(0.2) ? random.pick(labels.slice(0, -1)) : label;
      const from = Math.max(0, startS + off());
      return { segment: [from, Math.max(from + 0.2, endS + off())], label: said, score: random.between(0, 1) };
    }),
  );
  const made = Array.from({ length: random.below(6) }, (): Prediction => {
    const from = random.between(0, 200);
    const label = random.pick([...labels.slice(0, -1), 'unknown']);
    return { segment: [from, from + random.between(0.5, 10)], label, score: random.between(0, 0.7) };
  });
  return [...near, ...made];
}

function drawSet(seed: number): DrawnSet {
  const random = seededRandom(seed);
  const ids = Array.from({ length: 24 }, (_, index) => `video_${index % 4 === 0 ? 'validation' : 'test'}_00${index}`);
  const truth = new Map(
    ids.map((id) => [
      id,
      { subset: id.includes('test') ? 'testing' : 'validation', annotations: drawAnnotations(random) },
    ]),
  );
  const scored = [...truth].filter(([, { subset }]) => subset === 'testing');
  const predictions = new Map(scored.map(([id, { annotations }]) => [id, perturb(random, annotations)]));
  return { truth, predictions };
}

/** Written out and read again, as the command line goes. */
function evaluated({ truth, predictions }: DrawnSet, protocol: 'thumos14' | 'activitynet') {
  const write = (key: string, value: ReadonlyMap<string, unknown>): string =>
    JSON.stringify({ version: 'THUMOS14', [key]: Object.fromEntries(value) });
  return evaluate(
    readGroundTruth(write('database', truth), 'truth.json'),
    readPredictions(write('results', predictions), 'predictions.json'),
    protocol,
    { subset: 'testing' },
  );
}

/** Shared time over covered time. */
function overlap({ segment: a }: Annotation, { segment: b }: Annotation): number {
  const shared = Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
  return shared / (a[1] - a[0] + (b[1] - b[0]) - shared);
}

/**
 * Average precision from its definition: to find the k-th of n annotations costs the best precision at which at least k
 * are found, and the mean over k is the area under the interpolated curve.
 */
function averagePrecision({ truth, predictions }: DrawnSet, label: string, tIoU: number): number {
  const annotations = [...truth].flatMap(([id, { subset, annotations: all }]) =>
    subset === 'testing' ? all.filter((one) => one.label === label).map((one) => ({ id, ...one })) : [],
  );
  const ranked = [...predictions]
    .flatMap(([id, all]) => all.filter((one) => one.label === label).map((one) => ({ id, ...one })))
    .sort((a, b) => b.score - a.score);
  const free = new Set(annotations);
  const foundBy = ranked.map((prediction) => {
    const best = [...free]
      .filter(({ id }) => id === prediction.id)
      .sort((a, b) => overlap(b, prediction) - overlap(a, prediction))[0];
    if (best !== undefined && overlap(best, prediction) >= tIoU) free.delete(best);
    return annotations.length - free.size;
  });
  let sum = 0;
  for (let k = 1; k <= annotations.length; k += 1)
    sum += Math.max(0, ...foundBy.map((found, rank) => (found >= k ? found / (rank + 1) : 0)));
  return sum / annotations.length;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(['thumos14', 'activitynet'] as const)('%s', (protocol) => {
  test.each([1, 2, 3])('the set of seed %i', (seed) => {
    const set = drawSet(seed);
    const evaluation = evaluated(set, protocol);
    const { tIoUs } = protocols[protocol];
    const expected = labels.map((label) => tIoUs.map((tIoU) => averagePrecision(set, label, tIoU)));
    expect(Object.keys(evaluation.per_class).sort()).toEqual([...labels].sort());
    for (const [at, label] of labels.entries()) {
      for (const [index, value] of expected[at]!.entries())
        expect(evaluation.per_class[label]![index]).toBeCloseTo(value, 12);
    }
    for (const index of tIoUs.keys())
      expect(evaluation.map[index]).toBeCloseTo(mean(expected.map((values) => values[index]!)), 12);
    expect(evaluation.average_map).toBeCloseTo(mean(expected.flat()), 12);
    // Neither so easy nor so hard that every rule would come to the same.
    expect(evaluation.average_map).toBeGreaterThan(0.1);
    expect(evaluation.average_map).toBeLessThan(0.9);
    expect(evaluation.counts).toMatchObject({
      videos: 18,
      ground_truth: 18 * 8,
      predictions: [...set.predictions.values()].flat().length,
    });
  });
});

test('annotated twice, or for no time, THUMOS’14’s protocol counts once, or not', () => {
  const { truth, predictions } = drawSet(4);
  const spoilt = new Map(
    [...truth].map(([id, { subset, annotations }]) => {
      const [first] = annotations;
      const empty = { ...first!, segment: [first!.segment[1], first!.segment[1]] as const };
      return [id, { subset, annotations: [...annotations, first!, empty] }];
    }),
  );
  expect(evaluated({ truth: spoilt, predictions }, 'thumos14')).toEqual(evaluated({ truth, predictions }, 'thumos14'));
});
