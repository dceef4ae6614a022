import type { SeededRandom } from '#main/random/seeded-random.ts';

/** Numbers and texts that programs trip over. */
const oddities = [
  '-1',
  '0',
  '1e309',
  '1e-400',
  '9007199254740993',
  'null',
  '[]',
  '{}',
  '""',
  '"\\u0000"',
  '[[[[[[[[',
  ',',
];

const mutations: readonly ((bytes: Buffer, random: SeededRandom) => Buffer)[] = [
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => flipped(bytes, random, 1),
  (bytes, random) => flipped(bytes, random, 1 + random.below(64)),
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return Buffer.from(bytes).fill(random.pick([0, 0xff, 0x20]), from, to);
  },
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(oddities)), bytes.subarray(at)]);
  },
  (bytes, random) => {
    // Lengths and sizes stand at the beginning of most files.
    const at = random.below(Math.min(bytes.length, 128));
    const changed = Buffer.from(bytes);
    changed.fill(random.pick([0, 0x7f, 0xff]), at, Math.min(bytes.length, at + random.pick([1, 2, 4, 8])));
    return changed;
  },
];

/** The same file with something wrong in it. */
export const mutated = (bytes: Buffer, random: SeededRandom): Buffer => random.pick(mutations)(bytes, random);

function flipped(bytes: Buffer, random: SeededRandom, count: number): Buffer {
  const changed = Buffer.from(bytes);
  for (let flip = 0; flip < count; flip += 1) {
    const at = random.below(Math.max(1, bytes.length));
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  }
  return changed;
}

function stretch(bytes: Buffer, random: SeededRandom): [from: number, to: number] {
  const from = random.below(bytes.length + 1);
  return [from, from + random.below(Math.min(bytes.length - from, 4096) + 1)];
}
