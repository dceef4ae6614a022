import type { TensorValue } from '../runtime/tensor-value.ts';
import { readTensorBytes, unreadable, type StoredTensor } from './safetensors.ts';

/** A stored tensor as a value to feed or compare, in its stored shape: float32 and integers as they are. */
export function readTensorValue(stored: StoredTensor): TensorValue {
  const { buffer } = Uint8Array.from(readTensorBytes(stored));
  const { shape } = stored;
  switch (stored.type) {
    case 'F32':
      return { type: 'float32', data: new Float32Array(buffer), shape };
    case 'I64':
      return { type: 'int64', data: new BigInt64Array(buffer), shape };
    case 'I32':
      return { type: 'int32', data: new Int32Array(buffer), shape };
    default:
      throw unreadable(
        stored.file,
        `stores tensor '${stored.name}' as ${stored.type}; only float32 and integers are read here`,
        stored.name,
      );
  }
}
