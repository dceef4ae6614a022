import { concat, expand, pad, reshape, slice, transposeLast } from '../graph/arrange.ts';
import { abs, l2Normalise } from '../graph/composites.ts';
import { add, div, log, mul, relu, step, sub } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { reduceMax, reduceMean, reduceSum } from '../graph/reduce.ts';
import { constant, type Tensor } from '../graph/tensor.ts';
import type { AttentionMask } from './attention.ts';

/**
 * Token merging (Bolya et al. 2023, "Token Merging: Your ViT But Faster"): between the attention and the feed-forward part
 * of a block the tokens that are most alike are averaged, so that all blocks after it have fewer to work on. Nothing is
 * trained for it, and nothing of a picture depends on others that it is computed with.
 */

/** Changes with what merging makes of a picture: features of another version are others. */
export const mergingVersion = 1;

/** Tokens on their way through a vision transformer. */
export interface Tokens {
  /** `[B, L, W]`. */
  readonly rows: Tensor;
  /** For how many patches each stands, `[B, L, 1]`; null while each stands for one. */
  readonly sizes: Tensor | null;
}

/** What tokens are merged in: how many in each block, and how many in front (a class token) never. */
export interface Merging {
  readonly perBlock: number;
  readonly kept: 0 | 1;
}

/** A vision transformer as merging sees it. */
export interface PatchBlocks {
  readonly patches: number;
  readonly blocks: number;
}

/**
 * How many tokens each block merges: half of a picture's patches over all blocks, which is r = 8 in a ViT-B/16. None in what
 * is no vision transformer, or has too few patches for its blocks.
 */
export const mergedPerBlock = (encoder: PatchBlocks | null): number =>
  encoder === null ? 0 : Math.floor(encoder.patches / (2 * encoder.blocks));

/** What tokens of these sizes add to attention scores, `[B, 1, 1, L]`: one that stands for n patches is looked at n times. */
export function proportional(sizes: Tensor | null): AttentionMask {
  if (sizes === null) return null;
  const [batch, length] = sizes.shape;
  return reshape(log(sizes), [batch!, 1, 1, length!]);
}

/** The mean over heads of keys `[B, L, W]`: `[B, L, W / heads]`, by which tokens are compared. */
export function meanKeys(keys: Tensor, heads: number): Tensor {
  const [batch, length, width] = keys.shape;
  return reduceMean(reshape(keys, [batch!, length!, heads, (width as number) / heads]), { axes: [2] });
}

/** Averages rows of tokens, `[B, L, n]` → `[B, L', n]`, by how many patches each token stands for. */
export type Average = (rows: Tensor) => Tensor;

/**
 * Merges the tokens whose `keys` `[B, L, d]` are most alike; what else belongs to tokens is averaged in the same way by
 * `average`. L is a number.
 */
export function mergeTokens(
  { rows, sizes }: Tokens,
  keys: Tensor,
  { perBlock, kept }: Merging,
): { readonly tokens: Tokens; readonly average: Average } {
  const [batch, length] = rows.shape as [Tensor['shape'][number], number];
  const count = Math.min(perBlock, (length - kept) >> 1);
  if (count === 0) return { tokens: { rows, sizes }, average: (same) => same };
  const sum = bipartiteSum(keys, count, kept);
  const before = sizes ?? expand(constant(Float32Array.of(1), [1, 1, 1]), [batch, length, 1]);
  const after = sum(before);
  const average: Average = (values) => div(sum(sizes === null ? values : mul(values, before)), after);
  return { tokens: { rows: average(rows), sizes: after }, average };
}

/**
 * Bipartite soft matching (s.3 there): every second token, from the first, may go to the one among the others whose key
 * points most the same way; the `count` best pairs do. → what sums up rows `[B, L, n]` of tokens that become one: first,
 * in their order, those that stay alone, then the others, `[B, L − count, n]`. Of equal ones the first is taken. The
 * `kept` first tokens stay alone. In products with ones and zeros: they are exact, and every provider has them.
 */
function bipartiteSum(keys: Tensor, count: number, kept: 0 | 1): (rows: Tensor) => Tensor {
  const units = l2Normalise(keys);
  const [from, to] = [everySecond(units, 0), everySecond(units, 1)];
  const [senders, receivers] = [from.shape[1] as number, to.shape[1] as number];
  const cosines = matmul(from, transposeLast(to));
  // No cosine is as low as what is kept.
  const alike =
    kept === 0
      ? cosines
      : sub(
          cosines,
          table(senders, 1, (row) => (row === 0 ? 4 : 0)),
        );
  const best = reduceMax(alike, { axes: [-1], keepDims: true });
  const isBest = sub(1, step(sub(best, alike)));
  const bestBefore = matmul(
    isBest,
    table(receivers, receivers, (row, column) => Number(row < column)),
  );
  const nearest = mul(isBest, relu(sub(1, bestBefore)));

  const ahead = step(sub(transposeLast(best), best));
  const level = sub(1, add(ahead, transposeLast(ahead)));
  const earlier = table(senders, senders, (row, column) => Number(column < row));
  const rank = reduceSum(add(ahead, mul(level, earlier)), { axes: [-1], keepDims: true });
  const goes = step(sub(count, rank));
  const stays = sub(1, goes);

  const place = transposeLast(matmul(earlier, stays));
  const isPlace = relu(
    sub(
      1,
      abs(
        sub(
          place,
          table(senders - count, 1, (row) => row),
        ),
      ),
    ),
  );
  const alone = mul(isPlace, transposeLast(stays));
  const joined = transposeLast(mul(nearest, goes));
  return (rows) => {
    const [sent, received] = [everySecond(rows, 0), everySecond(rows, 1)];
    return concat([matmul(alone, sent), add(received, matmul(joined, sent))], 1);
  };
}

/** Rows `first`, `first + 2`, … of `[B, L, n]`. */
function everySecond(rows: Tensor, first: 0 | 1): Tensor {
  const [batch, length, width] = rows.shape as [Tensor['shape'][number], number, Tensor['shape'][number]];
  const pairs = (length + 1 - first) >> 1;
  const even = first === 0 ? pad(rows, 1, 0, 2 * pairs - length) : slice(rows, 1, 0, 2 * pairs);
  return reshape(slice(reshape(even, [batch, pairs, 2, width]), 2, first, first + 1), [batch, pairs, width]);
}

/** A constant `[rows, columns]`. */
const table = (rows: number, columns: number, value: (row: number, column: number) => number): Tensor =>
  constant(
    Float32Array.from({ length: rows * columns }, (_, at) => value(Math.floor(at / columns), at % columns)),
    [rows, columns],
  );
