// Protects: accuracy of clips and ranks of searches, worked out by hand, from the files to the figures.
import { describe, expect, it } from 'vitest';
import { evaluateRecognition } from './evaluate-recognition.ts';
import { evaluateRetrieval } from './evaluate-retrieval.ts';
import { readClipLabels } from './read-clip-labels.ts';
import { readMatches } from './read-matches.ts';
import { readRankings } from './read-rankings.ts';

const recognise = (truth: unknown, predictions: unknown, subset?: string) =>
  evaluateRecognition(
    readClipLabels(JSON.stringify(truth), 'truth.json'),
    readRankings(JSON.stringify(predictions), 'predictions.json'),
    subset === undefined ? {} : { subset },
  );

const retrieve = (truth: unknown, rankings: unknown) =>
  evaluateRetrieval(
    readMatches(JSON.stringify(truth), 'truth.json'),
    readRankings(JSON.stringify(rankings), 'rankings.json'),
  );

describe('recognition', () => {
  const truth = { a: 'run', b: 'jump', c: 'run', d: 'sit' };

  it('counts the best and the best five', () => {
    const predictions = {
      // Ranks 1, 2 and 6; d has none.
      a: [
        ['jump', 0.2],
        ['run', 0.7],
      ],
      b: [
        ['run', 0.6],
        ['jump', 0.4],
      ],
      c: [
        ['sit', 6],
        ['jump', 5],
        ['fall', 4],
        ['throw', 3],
        ['wave', 2],
        ['run', 1],
      ],
      e: [['run', 1]],
    };
    expect(recognise(truth, predictions)).toEqual({
      protocol: 'recognition',
      subset: null,
      top1: 1 / 4,
      top5: 2 / 4,
      per_class: {
        jump: { clips: 1, top1: 0, top5: 1 },
        run: { clips: 2, top1: 1 / 2, top5: 1 / 2 },
        sit: { clips: 1, top1: 0, top5: 0 },
      },
      counts: { clips: 4, clips_without_predictions: 1, unknown_clips: 1 },
    });
  });

  it('earns nothing with equal scores', () => {
    const undecided = [
      ['run', 0.5],
      ['jump', 0.5],
    ];
    expect(recognise({ a: 'run' }, { a: undecided })).toMatchObject({ top1: 0, top5: 1 });
  });

  it('takes annotated videos as clips of the classes of their segments', () => {
    const database = {
      a: {
        subset: 'validation',
        annotations: [
          { segment: [0, 1], label: 'run' },
          { segment: [2, 3], label: 'sit' },
        ],
      },
      b: { subset: 'validation', annotations: [] },
      c: { subset: 'training', annotations: [{ segment: [0, 1], label: 'jump' }] },
    };
    const results = {
      v_a: [
        { label: 'sit', score: 0.9 },
        { label: 'run', score: 0.8 },
      ],
    };
    expect(recognise({ database }, { results })).toEqual({
      protocol: 'recognition',
      subset: 'validation',
      top1: 1,
      top5: 1,
      per_class: { run: { clips: 1, top1: 1, top5: 1 }, sit: { clips: 1, top1: 1, top5: 1 } },
      counts: { clips: 1, clips_without_predictions: 0, unknown_clips: 0 },
    });
    expect(recognise({ database }, { results }, 'training')).toMatchObject({
      top1: 0,
      counts: { clips_without_predictions: 1, unknown_clips: 1 },
    });
  });

  it('numbers classes where the files do', () => {
    expect(
      recognise(
        { a: 3 },
        {
          a: [
            [3, 0.5],
            ['4', 0.1],
          ],
        },
      ),
    ).toMatchObject({ top1: 1 });
  });

  it('refuses a clip that is named twice, and ground truth without clips', () => {
    expect(() => recognise({ a: 'run' }, { a: [['run', 1]], v_a: [['sit', 2]] })).toThrow(/one clip twice/);
    expect(() => recognise({ database: { a: { annotations: [] } } }, {})).toThrow(/nothing to evaluate/);
  });
});

describe('retrieval', () => {
  it('is taken from the rank of each query’s own item', () => {
    const rankings = {
      // Ranks 1, 2, 6 and, for the tie, 2.
      one: [
        ['x', 0.9],
        ['y', 0.1],
      ],
      two: [
        ['x', 0.9],
        ['y', 0.1],
      ],
      three: [
        ['x', 1],
        ['a', 7],
        ['b', 6],
        ['c', 5],
        ['d', 4],
        ['e', 3],
      ],
      four: [
        ['x', 0.5],
        ['y', 0.5],
      ],
    };
    expect(retrieve({ one: 'x', two: 'y', three: 'x', four: 'x' }, rankings)).toEqual({
      protocol: 'retrieval',
      recall: { 1: 1 / 4, 5: 3 / 4, 10: 1 },
      median_rank: 2,
      mean_rank: 11 / 4,
      counts: { queries: 4, queries_without_their_item: 0, unknown_queries: 0 },
    });
  });

  it('says so where an item was not ranked', () => {
    const rankings = {
      one: [['x', 2]],
      two: [
        ['y', 2],
        ['x', 1],
      ],
      other: [['x', 1]],
    };
    expect(retrieve({ one: 'x', two: 'x', three: 'x' }, rankings)).toEqual({
      protocol: 'retrieval',
      recall: { 1: 1 / 3, 5: 2 / 3, 10: 2 / 3 },
      median_rank: 2,
      mean_rank: null,
      counts: { queries: 3, queries_without_their_item: 1, unknown_queries: 1 },
    });
    expect(retrieve({ one: 'x', two: 'z' }, rankings)).toMatchObject({ median_rank: null, mean_rank: null });
  });

  it('needs queries', () => {
    expect(() => retrieve({}, {})).toThrow(/no queries/);
  });
});

describe('files that cannot be read', () => {
  it.each([
    ['no JSON', '{', /x\.json is no JSON/],
    ['a list', '[]', /the top level/],
    ['a query without a list', '{"a": 1}', /at a:/],
    ['a name without a score', '{"a": [["run"]]}', /at a\.0: an answer is \[name, score\]/],
    ['a score that is text', '{"a": [["run", "high"]]}', /at a\.0: an answer is \[name, score\]/],
    ['a name scored twice', '{"a": [["run", 1], ["run", 2]]}', /“run” twice for “a”/],
  ])('rankings: %s', (_, text, reason) => {
    expect(() => readRankings(text, 'x.json')).toThrow(reason);
    expect(() => readRankings(text, 'x.json')).toThrow(expect.objectContaining({ code: 'unreadable-annotations' }));
  });

  it.each([
    ['a list', '[]', /none of the known shapes/],
    ['nothing', '{}', /none of the known shapes/],
    ['a clip without a class', '{"a": "run", "b": null}', /at b:/],
  ])('classes of clips: %s', (_, text, reason) => {
    expect(() => readClipLabels(text, 'x.json')).toThrow(reason);
  });

  it('items of queries: several for one', () => {
    expect(() => readMatches('{"a": ["x", "y"]}', 'x.json')).toThrow(/at a:/);
  });
});
