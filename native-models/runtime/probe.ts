import { floats, type TensorValue } from './tensor-value.ts';

/** Two made-up pictures `[2, 3, size, size]` of the spread that normalised pixels have; the same ones every time. */
export function probeImages(size: number): TensorValue {
  const pixels = Float32Array.from(
    { length: 2 * 3 * size * size },
    (_, at) => Math.sin(at * 0.37) + Math.cos(at * 0.011),
  );
  return floats(pixels, [2, 3, size, size]);
}
