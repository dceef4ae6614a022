import type { FrameTable } from '#preload/domain/frame-table.ts';
import { readAudio } from './audio-samples.ts';
import { unpackReadingNotes } from './reading-notes.ts';

export interface WaveformOptions {
  /** Number of equal stretches of the time from 0 to the end of the last frame. */
  readonly buckets: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/**
 * The sound's lowest and highest value in each bucket, `[buckets, 2]`, in [-1, 1] and 0 where there is silence or no
 * sound at that time; null where the file has no sound that can be decoded. Where the clock of the file starts over, the
 * sound moves with the pictures.
 */
export async function readWaveform(
  file: string,
  table: FrameTable,
  { buckets, signal, onProgress }: WaveformOptions,
): Promise<Float32Array | null> {
  const endUs = table.lastEndUs;
  const { clockShifts } = unpackReadingNotes(table.readingNotes);
  const peaks = new Float32Array(buckets * 2);
  let heard = false;
  for await (const { startUs, samples, sampleRate } of readAudio(file, {
    channels: 1,
    clockShifts,
    ...(signal && { signal }),
    onProgress: (us) => onProgress?.(Math.min(1, Math.max(0, us / endUs))),
  })) {
    heard ||= samples.length > 0;
    const perSample = (buckets * 1_000_000) / (sampleRate * endUs);
    const first = (startUs * buckets) / endUs;
    for (let at = 0; at < samples.length; at += 1) {
      const bucket = Math.floor(first + at * perSample);
      if (bucket < 0 || bucket >= buckets) continue;
      const value = samples[at]!;
      if (value < peaks[bucket * 2]!) peaks[bucket * 2] = value;
      if (value > peaks[bucket * 2 + 1]!) peaks[bucket * 2 + 1] = value;
    }
  }
  return heard ? peaks : null;
}
