// Protects: what a model's own head says of a long video does not depend on how it is cut for computing.
import { expect, it } from 'vitest';
import { initialBoundaryHead } from './boundary-head.ts';
import { inStretches, ownHeadInput, ownHeadShape, runOwnHead } from './own-boundaries.ts';

const dim = 2;
const shape = ownHeadShape(dim, { hidden: 3, distances: [1, 4] });
let draw = 0;
const wave = (): number => Math.sin((draw += 1) ** 1.1);
const learned = initialBoundaryHead(shape, wave);
for (const name of ['out.weight', 'out.bias']) learned.get(name)!.forEach((_, at, all) => (all[at] = wave()));
const head = { shape, longestS: 8, learned };

it('sees each sample with its change and what the temporal module makes of it', () => {
  const { inputs, priors, length } = ownHeadInput(Float32Array.of(1, 2, 4, 8), Float32Array.of(5, 6, 7, 8), dim);
  expect(length).toBe(2);
  expect([...inputs]).toEqual([1, 2, 0, 0, 5, 6, 4, 8, 3, 6, 7, 8]);
  expect([...priors]).toEqual([0, 0, 0, 0, 0, 0]);
});

it('says the same of a video in parts as of the whole', async () => {
  const features = Float32Array.from({ length: 9000 * dim }, wave);
  const dense = Float32Array.from({ length: 9000 * dim }, wave);
  const lengths: number[] = [];
  const parts = await inStretches(shape, features, dense, (part, densePart) => {
    lengths.push(part.length / dim);
    return runOwnHead(head, part, densePart, 'cpu');
  });
  expect(lengths.length).toBe(3);
  const whole = await runOwnHead(head, features, dense, 'cpu');
  expect(parts).toHaveLength(whole.length);
  for (const at of whole.keys()) expect(parts[at]).toBeCloseTo(whole[at]!, 5);
  expect(new Set(whole.map((value) => Math.round(value * 100))).size).toBeGreaterThan(5);
});
