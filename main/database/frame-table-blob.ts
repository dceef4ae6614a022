import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { strangeRow } from './stored-json.ts';

/** Numbers that a stored table may hold: days of video, 256 MB. A few bytes could announce any number of them. */
const mostNumbers = 32_000_000;

/**
 * A frame table as stored: `[N + 1]` microseconds as doubles, each but the first replaced by the step from the one
 * before, deflated. Steps repeat, so an hour of video takes kilobytes, and backups stay small.
 */
export function frameTableToBlob(framesUs: Float64Array): Buffer {
  const steps = framesUs.slice();
  for (let index = steps.length - 1; index > 0; index -= 1) steps[index]! -= steps[index - 1]!;
  return deflateRawSync(new Uint8Array(steps.buffer, steps.byteOffset, steps.byteLength));
}

/**
 * Inverse of `frameTableToBlob`: exact, since whole microseconds add without rounding. Fails with `unreadable-project`
 * where the blob holds no frame table.
 */
export function frameTableFromBlob(blob: Uint8Array): Float64Array {
  try {
    const frames = framesIn(blob);
    FrameTable.fromArray(frames);
    return frames;
  } catch (cause) {
    throw strangeRow('a frame table that cannot be read', { cause });
  }
}

function framesIn(blob: Uint8Array): Float64Array {
  const bytes = inflateRawSync(blob, { maxOutputLength: mostNumbers * Float64Array.BYTES_PER_ELEMENT });
  const frames = new Float64Array(bytes.byteLength / Float64Array.BYTES_PER_ELEMENT);
  new Uint8Array(frames.buffer).set(bytes);
  for (let index = 1; index < frames.length; index += 1) frames[index]! += frames[index - 1]!;
  return frames;
}
