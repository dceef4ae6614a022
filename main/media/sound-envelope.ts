import type { FrameTable } from '#preload/domain/frame-table.ts';
import { readAudio } from './audio-samples.ts';
import { unpackReadingNotes } from './reading-notes.ts';

/** Fine enough for offsets well below a frame. */
const stepUs = 10_000;

/**
 * The sound's mean square in each hundredth of a second from time 0 of the player's timeline to the end of the last
 * frame, 0 where there is none; null where the file has no sound that can be decoded.
 */
export async function readSoundEnvelope(
  file: string,
  table: FrameTable,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void } = {},
): Promise<{ readonly energy: Float32Array; readonly stepUs: number } | null> {
  const { signal, onProgress } = options;
  const { clockShifts } = unpackReadingNotes(table.readingNotes);
  const count = Math.max(1, Math.ceil(table.lastEndUs / stepUs));
  const sums = new Float64Array(count);
  const heard = new Uint32Array(count);
  let hasSound = false;
  for await (const { startUs, samples, sampleRate } of readAudio(file, {
    channels: 1,
    clockShifts,
    ...(signal && { signal }),
    onProgress: (us) => onProgress?.(Math.min(1, Math.max(0, us / table.lastEndUs))),
  })) {
    hasSound = true;
    for (let at = 0; at < samples.length; at += 1) {
      const step = Math.floor((startUs + (at * 1_000_000) / sampleRate) / stepUs);
      if (step < 0 || step >= count) continue;
      sums[step] = sums[step]! + samples[at]! ** 2;
      heard[step] = heard[step]! + 1;
    }
  }
  if (!hasSound) return null;
  return { energy: Float32Array.from(sums, (sum, step) => sum / Math.max(1, heard[step]!)), stepUs };
}
