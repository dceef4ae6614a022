import { createHash } from 'node:crypto';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { rowsInMemory, weightInMemory } from '../checkpoint/weights-in-memory.ts';
import type { Tensor } from '../graph/tensor.ts';

/**
 * X-CLIP's parts where their training starts, on towers that know nothing of them yet: α as published (0.1), and every
 * residual branch at zero, so that frames and names pass through as they are. The scores are then those of the mean over
 * the frames, to rounding. The same numbers on every machine; they are made when they are asked for.
 */
export function startingParts(
  folder: string,
  shapes: ReadonlyMap<string, readonly number[]>,
  logitScale: number,
): Checkpoint {
  const leaves = new Map<string, Tensor>();
  const values = (name: string, shape: readonly number[]): Float32Array => {
    if (shapes.get(name)?.join() !== shape.join())
      throw new Failure(
        'internal',
        say("X-CLIP's parts have no tensor '{{name}}' of [{{shape}}].", { name, shape: shape.join(', ') }),
      );
    return startOf(name, shape, logitScale);
  };
  return {
    folder,
    files: [],
    has: (name) => shapes.has(name),
    shape: (name) => shapes.get(name) ?? null,
    tensor(name, shape) {
      const leaf = leaves.get(name) ?? weightInMemory(name, shape, () => values(name, shape));
      leaves.set(name, leaf);
      return leaf;
    },
    rows: (name, shape, start, end) => rowsInMemory(name, shape, [start, end], () => values(name, shape)),
    values,
    number: (name) => values(name, [])[0]!,
  };
}

/** The last map of a residual branch: of attention and of the two-layer networks. */
const branchEnd = /(out_proj|mlp\.fc2|cross_attn\.proj|mlp\.3)\.weight$/;

function startOf(name: string, shape: readonly number[], logitScale: number): Float32Array {
  const start = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (name === 'logit_scale') return start.fill(Math.log(logitScale));
  if (name.endsWith('.alpha')) return start.fill(0.1);
  if (/norm\d?\.weight$/.test(name)) return start.fill(1);
  if (!name.endsWith('.weight') || branchEnd.test(name)) return start;
  // Glorot and Bengio 2010, from a stream of each tensor's own.
  const bound = Math.sqrt(6 / (shape[0]! + shape[1]!));
  const stream = xoroshiro128plus(createHash('sha256').update(name).digest().readInt32LE(0));
  return start.map(() => bound * ((stream.next() >>> 0) / 2 ** 31 - 1));
}
