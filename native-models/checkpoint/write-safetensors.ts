import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

export interface TensorToWrite {
  readonly shape: readonly number[];
  readonly values: Float32Array;
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
  for (const [name, { shape, values }] of tensors) {
    header[name] = { dtype: type, shape, data_offsets: [offset, offset + values.length * width] };
    offset += values.length * width;
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
    for (const { values } of tensors.values()) {
      const bytes = type === 'F32' ? values : new Float16Array(values);
      writeSync(descriptor, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(partial, file);
}
