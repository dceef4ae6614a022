import {
  addDims,
  divideDims,
  elementCount,
  multiplyDims,
  sameDim,
  sameShape,
  showDim,
  showShape,
  subtractDims,
} from './dimension.ts';
import type { Dim, Shape } from './dimension.ts';
import { node, refuse, weight, type Tensor } from './tensor.ts';

const axisOf = (op: string, x: Tensor, axis: number): number => {
  const at = axis < 0 ? axis + x.shape.length : axis;
  return at >= 0 && at < x.shape.length ? at : refuse(op, `there is no axis ${axis}`, x);
};

const withAxis = (shape: Shape, axis: number, size: Dim): Shape => shape.with(axis, size);

/** The same elements in row-major order under another shape; one axis may be -1 and is worked out. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const open = shape.indexOf(-1);
  const total = elementCount(x.shape);
  const known = elementCount(shape.filter((_, axis) => axis !== open));
  const missing = open < 0 ? null : divideDims(total, known);
  if (open >= 0 && missing === null) refuse('reshape', `the elements do not divide into ${showShape(shape)}`, x);
  const target = missing === null ? shape : shape.with(open, missing);
  if (!sameDim(elementCount(target), total))
    refuse('reshape', `${showShape(target)} holds another number of elements`, x);
  if (sameShape(target, x.shape)) return x;
  if (x.op.kind === 'weight') return weight(x.op.name, target as readonly number[], x.op.data);
  return node({ kind: 'reshape' }, [x], target, x.type);
}

/** Axes in a new order: axis i of the result is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  const sorted = order.toSorted((a, b) => a - b);
  if (order.length !== x.shape.length || sorted.some((axis, at) => axis !== at)) {
    refuse('transpose', `[${order.join(', ')}] is not an order of the axes`, x);
  }
  return node(
    { kind: 'transpose', order },
    [x],
    order.map((axis) => x.shape[axis]!),
    x.type,
  );
}

/** The last two axes exchanged. */
export function transposeLast(x: Tensor): Tensor {
  const rank = x.shape.length;
  if (rank < 2) refuse('transposeLast', 'needs two axes', x);
  return transpose(x, [...Array(rank - 2).keys(), rank - 1, rank - 2]);
}

/** Elements `[start, end)` of one axis; `end` defaults to the end of the axis. */
export function slice(x: Tensor, axis: number, start: Dim, end?: Dim): Tensor {
  const at = axisOf('slice', x, axis);
  const size = x.shape[at]!;
  const stop = end ?? size;
  const length = subtractDims(stop, start);
  if ((typeof start === 'number' && start < 0) || (typeof length === 'number' && length <= 0)) {
    refuse('slice', `[${showDim(start)}, ${showDim(stop)}) of axis ${at} is empty or negative`, x);
  }
  if (typeof stop === 'number' && typeof size === 'number' && stop > size) {
    refuse('slice', `[${showDim(start)}, ${showDim(stop)}) runs past axis ${at}`, x);
  }
  if (sameDim(length, size)) return x;
  return node({ kind: 'slice', axis: at, start, end: stop }, [x], withAxis(x.shape, at, length), x.type);
}

/** Zeros put before and after the elements of one axis. */
export function pad(x: Tensor, axis: number, before: Dim, after: Dim): Tensor {
  const at = axisOf('pad', x, axis);
  if (before === 0 && after === 0) return x;
  const size = addDims(x.shape[at]!, addDims(before, after));
  return node({ kind: 'pad', axis: at, before, after }, [x], withAxis(x.shape, at, size));
}

/** Tensors one after the other along an axis; all other axes are equal. */
export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const first = parts[0] ?? refuse('concat', 'nothing to join');
  const at = axisOf('concat', first, axis);
  for (const part of parts) {
    if (part.type !== first.type || !sameShape(withAxis(part.shape, at, 1), withAxis(first.shape, at, 1))) {
      refuse('concat', `only axis ${at} may differ`, first, part);
    }
  }
  if (parts.length === 1) return first;
  const size = parts.map((part) => part.shape[at]!).reduce(addDims);
  return node({ kind: 'concat', axis: at }, parts, withAxis(first.shape, at, size), first.type);
}

/** x stretched to `shape`: axes are aligned from the right, and axes of 1 repeat. */
export function expand(x: Tensor, shape: Shape): Tensor {
  const shift = shape.length - x.shape.length;
  if (shift < 0 || x.shape.some((size, axis) => size !== 1 && !sameDim(size, shape[axis + shift]!))) {
    refuse('expand', `does not stretch to ${showShape(shape)}`, x);
  }
  return sameShape(shape, x.shape) ? x : node({ kind: 'expand' }, [x], shape, x.type);
}

/** Rows of a table picked by number: table `[R, …rest]`, indices int64 `[…n]` in [0, R) → `[…n, …rest]`. */
export function gatherRows(table: Tensor, indices: Tensor): Tensor {
  if (indices.type !== 'int64' || table.shape.length < 1)
    refuse('gatherRows', 'indices are int64 rows of a table', table, indices);
  return node({ kind: 'gatherRows' }, [table, indices], [...indices.shape, ...table.shape.slice(1)], table.type);
}

/** The reverse of `gatherRows`: a table of `rows` zero rows to which row i of `updates` `[N, …]` is added at row `indices[i]`. */
export function scatterAddRows(updates: Tensor, indices: Tensor, rows: number): Tensor {
  if (indices.type !== 'int64' || indices.shape.length !== 1 || !sameDim(indices.shape[0]!, updates.shape[0] ?? 0)) {
    refuse('scatterAddRows', 'one int64 index per row', updates, indices);
  }
  return node({ kind: 'scatterAddRows' }, [updates, indices], [rows, ...updates.shape.slice(1)]);
}

/** The number of elements of an axis range, as one size: used to merge neighbouring axes. */
export const mergedDim = (shape: Shape, start: number, end?: number): Dim =>
  shape.slice(start, end).reduce<Dim>(multiplyDims, 1);
