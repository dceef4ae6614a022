// Protects: two threads find what one finds, whoever takes which piece, and a second thread that is gone changes nothing.
import { expect, it } from 'vitest';
import { nearestRows, onOneThread } from '#main/pipeline/retrieve/nearest-rows.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { comparesSharedMemory, RowSearchOnTwoThreads } from './row-search-on-two-threads.ts';
import { takeTurns } from './row-search-turns.ts';

const [dim, count] = [32, 20];
const nearest = (await nearestRows())!;
const random = seededRandom(4);
const codes = (rows: number, memory: (bytes: number) => ArrayBufferLike) =>
  new Int8Array(memory(rows * dim)).map(() => random.below(255) - 127);

// The last piece has fewer rows than are wanted.
const questionIn = ({ memory }: { memory: (bytes: number) => ArrayBufferLike }) => {
  const pieces = [4000, 4000, 4000, 4000, 4000, 9].map((rows) => {
    const piece = new Int8Array(memory(rows * dim));
    piece.forEach((_, at) => (piece[at] = random.below(255) - 127));
    return piece;
  });
  return { pieces, query: codes(1, (bytes) => new ArrayBuffer(bytes)), dim, count };
};

it.runIf(comparesSharedMemory(nearest))('finds what one thread finds, again and again', async () => {
  await using search = new RowSearchOnTwoThreads(nearest);
  for (let round = 0; round < 5; round += 1) {
    const question = questionIn(search);
    const found = await search.nearestInEach(question);
    expect(found).toEqual(await onOneThread(nearest).nearestInEach(question));
    expect(found.map(({ keys }) => keys.length)).toEqual([count, count, count, count, count, 9]);
  }
});

it.runIf(comparesSharedMemory(nearest))('goes on after its second thread was ended', async () => {
  const search = new RowSearchOnTwoThreads(nearest);
  const question = questionIn(search);
  const expected = await onOneThread(nearest).nearestInEach(question);
  const interrupted = search.nearestInEach(question);
  await search[Symbol.asyncDispose]();
  expect(await interrupted).toEqual(expected);
  expect(await search.nearestInEach(question)).toEqual(expected);
  await search[Symbol.asyncDispose]();
});

it('gives every piece to one thread alone', () => {
  const question = questionIn({ memory: (bytes) => new ArrayBuffer(bytes) });
  const next = new Int32Array(new SharedArrayBuffer(4));
  Atomics.add(next, 0, 2);
  expect(takeTurns(nearest, { ...question, next }).map(([piece]) => piece)).toEqual([2, 3, 4, 5]);
  expect(takeTurns(nearest, { ...question, next })).toEqual([]);
});
