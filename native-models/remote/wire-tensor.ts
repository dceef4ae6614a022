import type { TensorValue } from '../runtime/tensor-value.ts';

/** A tensor as it travels: little-endian numbers, row-major. */
export interface WireTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** The protocol's names of what travels here. */
export const bytesPerNumber = { FP32: 4, FP16: 2, INT64: 8, INT32: 4 } as const;
export type Datatype = keyof typeof bytesPerNumber;

/** A tensor of any shape `[…]` as it is sent, under that name; float32 may travel in half precision. */
export function toWire(name: string, { data, shape }: TensorValue, datatype: Datatype): WireTensor {
  const numbers = datatype === 'FP16' ? new Float16Array(data as Float32Array) : data;
  return { name, datatype, shape, bytes: new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength) };
}

/** Its numbers here, `[…]` as its shape says; half precision becomes float32. Its datatype is one of ours. */
export function fromWire({ datatype, shape, bytes }: WireTensor): TensorValue {
  // A copy begins where numbers may begin.
  const { buffer } = new Uint8Array(bytes);
  if (datatype === 'FP16') return { type: 'float32', data: Float32Array.from(new Float16Array(buffer)), shape };
  if (datatype === 'FP32') return { type: 'float32', data: new Float32Array(buffer), shape };
  if (datatype === 'INT64') return { type: 'int64', data: new BigInt64Array(buffer), shape };
  return { type: 'int32', data: new Int32Array(buffer), shape };
}
