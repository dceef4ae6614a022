import { weight, type Tensor } from '../graph/tensor.ts';

/**
 * A frozen weight whose numbers lie in no file: they are given to the runtime, which maps the files of one folder only.
 * `read` gives all of them, `[...shape]`, row by row.
 */
export const weightInMemory = (name: string, shape: readonly number[], read: () => Float32Array): Tensor =>
  weight(name, shape, { place: null, verify: () => {}, read });

/** Rows `[start, end)` of such a weight, whose whole shape is `shape` and which `read` reads whole. */
export function rowsInMemory(
  name: string,
  shape: readonly number[],
  [start, end]: readonly [start: number, end: number],
  read: () => Float32Array,
): Tensor {
  const [, ...row] = shape;
  const size = row.reduce((product, axis) => product * axis, 1);
  return weightInMemory(`${name}[${start}:${end}]`, [end - start, ...row], () =>
    read().subarray(start * size, end * size),
  );
}
