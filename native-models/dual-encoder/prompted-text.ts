import { concat, reshape } from '../graph/arrange.ts';
import { add, mul, sub } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { reduceSum } from '../graph/reduce.ts';
import { input, type Tensor } from '../graph/tensor.ts';
import { floats, type TensorValues } from '../runtime/tensor-value.ts';
import type { Encoded, TextEncoder } from './dual-encoder.ts';
import { rowFeeds, textLeaves } from './text-feeds.ts';

/** Learned vectors before and after every class name. */
export interface PromptVectors {
  readonly prefix: number;
  readonly suffix: number;
}

/** The marks around a text; no start mark where texts begin with their first word. */
export interface TextMarks {
  readonly startOfText: number | null;
  readonly endOfText: number;
}

/** Class names laid out with learned vectors around them: `[start][prefix][name][suffix][end]`, K classes, L positions. */
export interface PromptLayout {
  readonly classes: number;
  readonly length: number;
  /** K rows of L token ids; 0 where a learned vector stands, padding after the end of text. */
  readonly rows: readonly (readonly number[])[];
  /** Tokens and vectors of each row before its padding. */
  readonly lengths: readonly number[];
  /** `[K, L, prefix + suffix]`: 1 where position l of class k holds that learned vector. */
  readonly placement: Float32Array;
}

/** How many tokens of a name have room between the vectors and the marks. */
export const roomForName = (encoder: TextEncoder, { prefix, suffix }: PromptVectors, marks: TextMarks): number =>
  encoder.contextLength - prefix - suffix - (marks.startOfText === null ? 1 : 2);

/**
 * Lays out prompts as Efficient-Prompt does (Ju et al. 2022, s.3.2), with explicit suffix vectors right after the name.
 * The length is the whole context. Null if some name leaves no room; `names` are token ids without marks.
 */
export function layOutPrompts(
  encoder: TextEncoder,
  names: readonly (readonly number[])[],
  vectors: PromptVectors,
  marks: TextMarks,
): PromptLayout | null {
  const { prefix, suffix } = vectors;
  const length = encoder.contextLength;
  const start = marks.startOfText === null ? [] : [marks.startOfText];
  if (names.some((name) => name.length > roomForName(encoder, vectors, marks))) return null;
  const endsFirst = encoder.suffixStands === 'after end mark';
  const placement = new Float32Array(names.length * length * (prefix + suffix));
  const lengths: number[] = [];
  const rows = names.map((name, row) => {
    const put = (position: number, vector: number): void => {
      placement[(row * length + position) * (prefix + suffix) + vector] = 1;
    };
    for (let j = 0; j < prefix; j += 1) put(start.length + j, j);
    const before = [...start, ...zeros(prefix), ...name, ...(endsFirst ? [marks.endOfText] : [])];
    for (let j = 0; j < suffix; j += 1) put(before.length + j, prefix + j);
    const ids = [...before, ...zeros(suffix), ...(endsFirst ? [] : [marks.endOfText])];
    lengths.push(ids.length);
    return [...ids, ...Array<number>(length - ids.length).fill(encoder.padding)];
  });
  return { classes: names.length, length, rows, lengths, placement };
}

const zeros = (count: number): number[] => Array<number>(count).fill(0);

/** What a graph of `promptedText` is fed for a layout, beside the vectors: ids `[K, L]` and `placement` `[K, L, vectors]`. */
export function promptFeeds(encoder: TextEncoder, layout: PromptLayout): TensorValues {
  const { rows, lengths, placement, classes, length } = layout;
  const vectors = placement.length / (classes * length);
  return {
    ...rowFeeds(encoder, rows, lengths),
    placement: floats(placement, [classes, length, vectors]),
  };
}

/**
 * The text encoder with learned vectors `[prefix, W]` and `[suffix, W]` (null for none) in the places that a layout gives
 * them, fed by `promptFeeds`; differentiable in those vectors. `shape` is `[K, L]`.
 */
export function promptedText(
  encoder: TextEncoder,
  shape: Tensor['shape'],
  prefix: Tensor,
  suffix: Tensor | null,
): Encoded {
  const { ids, readAt, real } = textLeaves(encoder, shape);
  const vectors = suffix === null ? prefix : concat([prefix, suffix], 0);
  const placement = input('placement', [...shape, vectors.shape[0]!]);
  const frozen = reshape(sub(1, reduceSum(placement, { axes: [-1] })), [...shape, 1]);
  const tokens = add(mul(encoder.tokenVectors(ids), frozen), matmul(placement, vectors));
  return encoder.encode(tokens, readAt, real);
}
