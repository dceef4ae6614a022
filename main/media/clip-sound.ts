import { readAudio, type AudioSamples } from './audio-samples.ts';
import { audioTrackOf, trackFormat, type AudioTrack } from './audio-track.ts';
import { unpackReadingNotes } from './reading-notes.ts';
import { openContainer } from './video-file.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';

/** The sound of a stretch of a film, to the sample, as a track that begins at zero; null where the film has none. */
export async function openClipSound(
  file: string,
  table: FrameTable,
  span: Span,
  signal: AbortSignal | undefined,
): Promise<AudioTrack | null> {
  {
    await using container = await openContainer(file);
    if (container.audio === null) return null;
  }
  const lengthUs = span.endUs - span.startUs;
  return audioTrackOf(soundWithin(file, table, span, signal), { fromUs: 0, untilUs: lengthUs, lastUs: lengthUs });
}

/** Stretches cut at both ends of the span, in time from its start. */
async function* soundWithin(
  file: string,
  table: FrameTable,
  { startUs, endUs }: Span,
  signal: AbortSignal | undefined,
): AsyncGenerator<AudioSamples> {
  const { clockShifts } = unpackReadingNotes(table.readingNotes);
  const { channels, sampleRate } = trackFormat;
  const sampleAt = (us: number): number => Math.round((us * sampleRate) / 1_000_000);
  const options = { channels, sampleRate, clockShifts, ...(signal && { signal }) };
  for await (const stretch of soundFrom(file, startUs, options)) {
    if (stretch.startUs >= endUs) return;
    const first = Math.max(0, sampleAt(startUs - stretch.startUs));
    const last = Math.min(stretch.samples.length / channels, sampleAt(endUs - stretch.startUs));
    if (last <= first) continue;
    yield {
      startUs: stretch.startUs + (first * 1_000_000) / sampleRate - startUs,
      samples: stretch.samples.subarray(first * channels, last * channels),
      sampleRate,
    };
  }
}

/** A container that leads to a place after the one that was asked for is read from its start. */
async function* soundFrom(
  file: string,
  fromUs: number,
  options: Parameters<typeof readAudio>[1],
): AsyncGenerator<AudioSamples> {
  let isFirst = true;
  for await (const stretch of readAudio(file, { ...options, fromUs })) {
    if (isFirst && fromUs > 0 && stretch.startUs > fromUs) {
      yield* readAudio(file, options);
      return;
    }
    isFirst = false;
    yield stretch;
  }
}
