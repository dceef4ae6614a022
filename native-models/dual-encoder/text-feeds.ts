import { dim } from '../graph/dimension.ts';
import { input, type Tensor } from '../graph/tensor.ts';
import { floats, integers, type TensorValues } from '../runtime/tensor-value.ts';
import type { TextEncoder } from './dual-encoder.ts';

/** The leaves through which texts enter a graph; `real` only where the encoder looks at it. */
export interface TextLeaves {
  /** int64 `[K, L]`, `[K, L]` and `[K, L]`. */
  readonly ids: Tensor;
  readonly readAt: Tensor;
  readonly real: Tensor | null;
}

/** Leaves for `shape`, by default any number of texts of any one length. */
export function textLeaves(encoder: TextEncoder, shape = [dim('texts'), dim('tokens')] as Tensor['shape']): TextLeaves {
  return {
    ids: input('ids', shape, 'int64'),
    readAt: input('read_at', shape),
    real: encoder.paddingIs === 'masked' ? input('real', shape) : null,
  };
}

/** What the leaves are fed for texts `[K][ids]` without their padding: `[K, L]`, padded to the longest, or to the context where it is seen. */
export function textFeeds(encoder: TextEncoder, texts: readonly (readonly number[])[]): TensorValues {
  const longest = Math.max(...texts.map((ids) => ids.length));
  const length = encoder.paddingIs === 'seen' ? encoder.contextLength : longest;
  const rows = texts.map((ids) => [...ids, ...Array<number>(length - ids.length).fill(encoder.padding)]);
  return rowFeeds(
    encoder,
    rows,
    texts.map((ids) => ids.length),
  );
}

/** The same for rows that are padded already; `lengths` are their real tokens. */
export function rowFeeds(
  encoder: TextEncoder,
  rows: readonly (readonly number[])[],
  lengths: readonly number[],
): TensorValues {
  const length = rows[0]?.length ?? 0;
  const shape = [rows.length, length];
  return {
    ids: integers(rows.flat(), shape),
    read_at: floats(selectPositions(rows.map(encoder.readAt), length), shape),
    ...(encoder.paddingIs === 'masked' ? { real: floats(selectFirst(lengths, length), shape) } : {}),
  };
}

/** `[K, L]`: 1 at one position of each row. */
export function selectPositions(positions: readonly number[], length: number): Float32Array {
  const selector = new Float32Array(positions.length * length);
  positions.forEach((position, row) => {
    selector[row * length + position] = 1;
  });
  return selector;
}

/** `[K, L]`: 1 at the first positions of each row. */
function selectFirst(counts: readonly number[], length: number): Float32Array {
  const selector = new Float32Array(counts.length * length);
  counts.forEach((count, row) => selector.fill(1, row * length, row * length + count));
  return selector;
}
