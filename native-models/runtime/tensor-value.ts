/** Numbers with a shape, row-major: what is fed to a session and what it answers. */
export type TensorValue =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly shape: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly shape: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly shape: readonly number[] };

export type TensorValues = Readonly<Record<string, TensorValue>>;

/** Float32 numbers, row-major in `shape`. */
export const floats = (data: Float32Array, shape: readonly number[]): TensorValue => ({ type: 'float32', data, shape });

/** Whole numbers as int64, row-major in `shape`. */
export const integers = (values: ArrayLike<number>, shape: readonly number[]): TensorValue => ({
  type: 'int64',
  data: BigInt64Array.from(Array.from(values, BigInt)),
  shape,
});

/** The numbers of a float32 tensor, row-major in its shape; any other kind where floats are promised is a programming error. */
export function floatsOf(values: TensorValues, name: string): Float32Array {
  const value = values[name];
  if (value?.type !== 'float32') throw new TypeError(`'${name}' is ${value?.type ?? 'absent'}, not float32`);
  return value.data;
}
