import { sameShape } from './dimension.ts';
import type { Tensor } from './tensor.ts';

/** Attention as it stands in a graph of primitives: what onnxruntime has one operator for. */
export interface AttentionPattern {
  /** `[B, Lq, W]`, `[B, Lk, W]` and `[B, Lk, W]`: before they are split into heads. */
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  readonly heads: number;
  /** What queries are multiplied with. */
  readonly scale: number;
  /** What is added to the scores, `[B, 1, 1, Lk]`; null for nothing. */
  readonly bias: Tensor | null;
  /** The tensors in between, which nobody else looks at. */
  readonly inside: readonly Tensor[];
}

/**
 * Finds where `tensors`, in order, compute multi-head attention, without a mask or with one number for each key, step by
 * step, and nothing else reads the steps: by the joined heads `[B, Lq, W]`.
 */
export function findAttention(tensors: readonly Tensor[]): ReadonlyMap<Tensor, AttentionPattern> {
  const readers = new Map<Tensor, number>();
  for (const { inputs } of tensors) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  const found = new Map<Tensor, AttentionPattern>();
  for (const tensor of tensors) {
    const pattern = patternOf(tensor);
    if (pattern?.inside.every((step) => readers.get(step) === 1)) found.set(tensor, pattern);
  }
  return found;
}

function patternOf(joined: Tensor): AttentionPattern | null {
  const turned = only(joined, 'reshape');
  const mixed = turned && only(turned, 'transpose', [0, 2, 1, 3]);
  if (mixed?.op.kind !== 'matmul' || joined.shape.length !== 3) return null;
  const [shares, valueHeads] = mixed.inputs as [Tensor, Tensor];
  const summed = only(shares, 'softmax');
  if (summed === null) return null;
  const [scores, bias] = summed.op.kind === 'add' ? (summed.inputs as [Tensor, Tensor]) : [summed, null];
  if (scores.op.kind !== 'matmul' || !(bias === null || isForEachKey(bias, summed))) return null;
  const [scaled, keysTurned] = scores.inputs as [Tensor, Tensor];
  const keyHeads = only(keysTurned, 'transpose', [0, 1, 3, 2]);
  if (scaled.op.kind !== 'mul' || keyHeads === null) return null;
  const [queryHeads, factor] = scaled.inputs as [Tensor, Tensor];
  if (factor.op.kind !== 'constant' || factor.shape.length > 0) return null;
  const [query, key, value] = [beforeHeads(queryHeads), beforeHeads(keyHeads), beforeHeads(valueHeads)];
  const heads = queryHeads.shape[1];
  if (query === null || key === null || value === null || typeof heads !== 'number') return null;
  return {
    query: query.inputs[0]!,
    key: key.inputs[0]!,
    value: value.inputs[0]!,
    heads,
    scale: Number(factor.op.data[0]),
    bias,
    inside: [
      turned!,
      mixed,
      shares,
      scores,
      scaled,
      keysTurned,
      queryHeads,
      keyHeads,
      valueHeads,
      query,
      key,
      value,
      ...(bias === null ? [] : [summed]),
    ],
  };
}

/** Whether it is `[B, 1, 1, Lk]` beside scores `[B, heads, Lq, Lk]`. */
const isForEachKey = ({ shape }: Tensor, scores: Tensor): boolean =>
  sameShape(shape, scores.shape.with(1, 1).with(2, 1));

/** The only input of an operation of this kind; null for another. */
function only(
  { op, inputs }: Tensor,
  kind: 'reshape' | 'softmax' | 'transpose',
  order?: readonly number[],
): Tensor | null {
  if (op.kind !== kind) return null;
  if (op.kind === 'transpose' && op.order.join() !== order?.join()) return null;
  return inputs[0]!;
}

/** The reshape `[B, L, W]` → `[B, L, heads, d]` that heads were taken from; null for anything else. */
function beforeHeads(heads: Tensor): Tensor | null {
  const split = only(heads, 'transpose', [0, 2, 1, 3]);
  return split?.op.kind === 'reshape' && split.inputs[0]!.shape.length === 3 && split.shape.length === 4 ? split : null;
}
