import { say } from '#preload/domain/saying.ts';
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
        say("stores tensor '{{name}}' as {{type}}; only float32 and integers are read here", {
          name: stored.name,
          type: stored.type,
        }),
        stored.name,
      );
  }
}
