// Protects: published benchmark numbers, to a millionth, and every file shape that evaluators use.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedSample, sharedSamples } from '#e2e/shared-samples.ts';
import example from './mmaction2-example.json' with { type: 'json' };
import { evaluate } from './evaluate.ts';
import type { ProtocolName } from './protocols.ts';
import { readGroundTruth } from './read-ground-truth.ts';
import { readPredictions } from './read-predictions.ts';

const segments = (...spans: [number, number][]) => spans.map((segment) => ({ segment, label: 'Diving' }));
const scored = (...spans: [number, number, number][]) =>
  spans.map(([start, end, score]) => ({ segment: [start, end], label: 'Diving', score }));

/** Through the readers, as the command line goes. */
function run(groundTruth: unknown, predictions: unknown, protocol: ProtocolName = 'activitynet', subset?: string) {
  return evaluate(
    readGroundTruth(JSON.stringify(groundTruth), 'truth.json'),
    readPredictions(JSON.stringify(predictions), 'predictions.json'),
    protocol,
    subset === undefined ? {} : { subset },
  );
}

describe('published evaluations', () => {
  const read = (...parts: string[]): string => readFileSync(sharedSample('evaluator', ...parts), 'utf8');

  it('MMAction2’s localisation example', () => {
    const evaluation = run(example.truth, example.predictions);
    expect(evaluation.average_map).toBeCloseTo(0.6177579365, 8);
    expect(evaluation.map).toHaveLength(example.map.length);
    for (const [index, value] of example.map.entries()) expect(evaluation.map[index]).toBeCloseTo(value, 8);
    expect(evaluation.counts).toMatchObject({ videos: 2, ground_truth: 4, predictions_in_unknown_videos: 0 });
  });

  it.skipIf(!sharedSamples)('THUMOS14’s test set', () => {
    const expected = JSON.parse(read('thumos14', 'expected.json'));
    const evaluation = evaluate(
      readGroundTruth(read('thumos14', 'ground_truth.json'), 'ground_truth.json'),
      readPredictions(read('thumos14', 'perturbed_predictions_test.json'), 'predictions.json'),
      'thumos14',
    );
    expect(evaluation.subset).toBe('testing');
    expect(evaluation.average_map).toBeCloseTo(0.5001216877, 8);
    for (const [index, value] of expected.mAP.entries()) expect(evaluation.map[index]).toBeCloseTo(value, 8);
    for (const [label, precisions] of Object.entries<number[]>(expected.ap_per_class)) {
      for (const [index, value] of precisions.entries())
        expect(evaluation.per_class[label]![index]).toBeCloseTo(value, 8);
    }
    expect(evaluation.counts).toMatchObject({ ground_truth: expected.n_gt, predictions: expected.n_pred });
  });
});

describe('an evaluation', () => {
  const twoDives = { database: { a: { annotations: segments([0, 10], [20, 30]) } } };
  const oneFalse = { results: { a: scored([0, 10, 0.9], [50, 60, 0.8], [20, 30, 0.7]) } };

  it('reports what the command line promises', () => {
    expect(run(twoDives, oneFalse, 'thumos14')).toEqual({
      protocol: 'thumos14',
      subset: null,
      tiou: [0.3, 0.4, 0.5, 0.6, 0.7],
      map: Array.from({ length: 5 }, () => expect.closeTo(5 / 6, 12)),
      average_map: expect.closeTo(5 / 6, 12),
      per_class: { Diving: Array.from({ length: 5 }, () => expect.closeTo(5 / 6, 12)) },
      recall: {
        average_recall: { 10: 1, 50: 1, 100: 1 },
        area_under_curve: expect.any(Number),
        average_recall_at_average_number: { 10: 1, 50: 1, 100: 1 },
      },
      counts: {
        videos: 1,
        ground_truth: 2,
        predictions: 3,
        predictions_of_unknown_classes: 0,
        predictions_in_unknown_videos: 0,
      },
    });
  });

  it('leaves out repeated and instantaneous ground truth where the protocol does', () => {
    const repeated = { database: { a: { annotations: segments([0, 10], [0.0005, 10], [20, 30], [40, 40.0005]) } } };
    expect(run(repeated, oneFalse, 'thumos14').counts.ground_truth).toBe(2);
    expect(run(repeated, oneFalse, 'activitynet').counts.ground_truth).toBe(4);
  });

  it('scores proposals without labels as one class', () => {
    const unlabelled = { results: { a: [{ segment: [0, 10], score: 0.9 }] } };
    expect(run(twoDives, unlabelled, 'proposals')).toMatchObject({
      average_map: 0.5,
      recall: { average_recall: { 10: 0.5 } },
    });
    expect(() => run(twoDives, unlabelled)).toThrow(/no labels.*proposals/);
  });
});

describe('videos', () => {
  const flat = { v_a: { duration_second: 60, annotations: [{ segment: ['0.0', '10'], label: 'Diving' }] } };

  it.each(['a', 'v_a'])('named v_a in MMAction2’s ground truth match predictions for %s', (id) => {
    expect(run(flat, { results: { [id]: scored([0, 10, 1]) } })).toMatchObject({ average_map: 1 });
  });

  it.each([
    ['a', 'v_a'],
    ['v_a', 'a'],
    ['v_a', 'v_a'],
  ])('named %s in a database match predictions for %s', (inTruth, inPredictions) => {
    const database = { [inTruth]: { annotations: segments([0, 10]) }, other: { annotations: [] } };
    expect(run({ database }, { results: { [inPredictions]: scored([0, 10, 1]) } })).toMatchObject({ average_map: 1 });
  });

  it('whose id begins with v_ itself are not mistaken', () => {
    const twins = {
      v_a: { annotations: segments([0, 10]) },
      v_v_a: { annotations: segments([20, 30]) },
    };
    expect(run(twins, { results: { a: scored([0, 10, 1]), v_a: scored([20, 30, 1]) } })).toMatchObject({
      average_map: 1,
    });
  });
});

describe('the subset', () => {
  const database = {
    a: { subset: 'validation', annotations: segments([0, 10]) },
    b: { subset: 'testing', annotations: segments([0, 10]) },
    c: { subset: 'training', annotations: segments([0, 10]) },
  };
  const predictionsFor = (...ids: string[]) => ({
    results: Object.fromEntries(ids.map((id) => [id, scored([0, 10, 1])])),
  });

  it.each([
    ['thumos14', ['a', 'b', 'c'], 'testing'],
    ['activitynet', ['a', 'b', 'c'], 'validation'],
    ['activitynet', [], 'validation'],
    ['activitynet', ['b'], 'testing'],
    ['thumos14', ['c'], 'training'],
  ] as const)('under %s for predictions of %j is %s', (protocol, ids, expected) => {
    expect(run({ database }, predictionsFor(...ids), protocol).subset).toBe(expected);
  });

  it('is the one that was asked for, and must exist', () => {
    expect(run({ database }, predictionsFor('a'), 'activitynet', 'training')).toMatchObject({
      subset: 'training',
      average_map: 0,
    });
    expect(() => run({ database }, predictionsFor('a'), 'activitynet', 'test')).toThrow(/no subset “test”.*“testing”/);
  });

  it('must be named where nothing tells', () => {
    const { a, c } = database;
    expect(() => run({ database: { a, c } }, predictionsFor('a', 'c'), 'thumos14')).toThrow(/say which/);
  });

  it('must have annotations', () => {
    expect(() => run({ database: { a: { subset: 'validation' } } }, predictionsFor('a'))).toThrow(
      /nothing to evaluate/,
    );
  });
});

describe('file shapes', () => {
  const truth = { database: { clip: { annotations: segments([0, 10]) } } };
  const coco = {
    videos: [{ id: 7, name: 'a clip', file_name: 'videos/clip.mp4' }],
    categories: [{ id: 1, name: 'Diving' }],
    annotations: [{ id: 1, image_id: 7, video_id: 7, category_id: 1, segment: [0, 10], score: 0.5 }],
  };

  it.each([
    ['results', { version: '1', results: { clip: scored([0, 10, 1]) } }],
    ['plain', { clip: scored([0, 10, 1]) }],
    ['ActionFormer', { database: { clip: [{ segment: [0, 10], label: 'Diving', scores: 1 }] } }],
    ['COCO', coco],
  ])('of predictions: %s', (_, predictions) => {
    expect(run(truth, predictions).average_map).toBe(1);
  });

  it.each([
    ['database', truth],
    ['flat', { clip: { annotations: segments([0, 10]) } }],
    ['COCO', coco],
  ])('of ground truth: %s', (_, groundTruth) => {
    expect(run(groundTruth, { results: { clip: scored([0, 10, 1]) } }).average_map).toBe(1);
  });

  it('tells what a person accepted from what the model proposed, in the studio’s own files', () => {
    const annotation = { image_id: 7, video_id: 7, category_id: 1 };
    const own = {
      ...coco,
      annotations: [
        { ...annotation, id: 1, segment: [0, 10], score: 0.9, state: 'accepted' },
        { ...annotation, id: 2, segment: [20, 30], state: 'accepted' },
        { ...annotation, id: 3, segment: [40, 50], score: 0.8, state: 'rejected' },
        { ...annotation, id: 4, segment: [60, 70], score: 0.7, state: 'proposed' },
      ],
    };
    expect(run(own, own)).toMatchObject({ average_map: 0.5, counts: { ground_truth: 2, predictions: 3 } });
    const { state: _, ...stateless } = own.annotations[1]!;
    expect(() => run(own, { ...own, annotations: [stateless] })).toThrow(/without a score/);
  });

  it('reads a byte order mark', () => {
    expect(readGroundTruth(`\uFEFF${JSON.stringify(truth)}`, 'x.json').size).toBe(1);
  });

  it.each([
    ['no JSON', '{"database": ', /x\.json is no JSON/],
    ['a list', '[]', /none of the known shapes/],
    ['nothing known', '{"a": 1}', /none of the known shapes/],
    [
      'one time',
      '{"database": {"a": {"annotations": [{"segment": [1], "label": "b"}]}}}',
      /database\.a|a\.annotations\.0\.segment/,
    ],
    [
      'words for times',
      '{"database": {"a": {"annotations": [{"segment": ["one", 2], "label": "b"}]}}}',
      /a\.annotations\.0\.segment/,
    ],
    ['no label', '{"database": {"a": {"annotations": [{"segment": [1, 2]}]}}}', /a\.annotations\.0\.label/],
  ])('refuses ground truth with %s', (_, text, reason) => {
    expect(() => readGroundTruth(text, 'x.json')).toThrow(reason);
    expect(() => readGroundTruth(text, 'x.json')).toThrow(expect.objectContaining({ code: 'unreadable-annotations' }));
  });

  it.each([
    ['no score', '{"results": {"a": [{"segment": [1, 2], "label": "b"}]}}', /a\.0.*needs a score/],
    ['a score that is text', '{"results": {"a": [{"segment": [1, 2], "label": "b", "score": "high"}]}}', /a\.0\.score/],
    ['ground truth', '{"version": 1, "results": []}', /none of the known shapes/],
    ['an unlisted video', JSON.stringify({ ...coco, videos: [] }), /does not list/],
  ])('refuses predictions with %s', (_, text, reason) => {
    expect(() => readPredictions(text, 'x.json')).toThrow(reason);
    expect(() => readPredictions(text, 'x.json')).toThrow(expect.objectContaining({ code: 'unreadable-annotations' }));
  });
});
