import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

export interface TensorToWrite {
  readonly shape: readonly number[];
  /** The numbers, or what makes them when their turn comes, so that no more than one tensor need be held. */
  readonly values: Float32Array | (() => Float32Array);
}

/**
 * Writes a safetensors file, tensors in the given order, as float32 or halved to float16. It appears under its name
 * only when it is whole.
 */
export function writeSafetensors(
  file: string,
  tensors: ReadonlyMap<string, TensorToWrite>,
  type: 'F32' | 'F16' = 'F32',
  metadata: Readonly<Record<string, string>> = {},
): void {
  const width = type === 'F32' ? 4 : 2;
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const [name, { shape }] of tensors) {
    const start = offset;
    offset += sizeOf(shape) * width;
    header[name] = { dtype: type, shape, data_offsets: [start, offset] };
  }
  const json = JSON.stringify(header);
  const padded = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const partial = `${file}.partial`;
  const descriptor = openSync(partial, 'w');
  try {
    writeSync(descriptor, length);
    writeSync(descriptor, padded);
    for (const [name, { shape, values }] of tensors) {
      const numbers = typeof values === 'function' ? values() : values;
      if (numbers.length !== sizeOf(shape))
        throw new RangeError(`${name} is [${shape.join(', ')}], not ${numbers.length}`);
      const stored = type === 'F32' ? numbers : new Float16Array(numbers);
      writeSync(descriptor, new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(partial, file);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
