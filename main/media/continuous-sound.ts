import type { AudioSamples } from './audio-samples.ts';

/** Container rounding moves stretches about by a few milliseconds; only what is off by more is a gap or an overlap. */
const toleranceUs = 20_000;

const longestSilenceUs = 1_000_000;

/** So much silence is written in any case, and so much for each microsecond of sound; what is more becomes a hole. */
const freeSilenceUs = 600_000_000;
const silencePerSound = 10;

/** MP4 counts the length of a sample in 32 bits, 12 hours at 48 kHz; a longer hole is broken up by a little silence. */
const longestHoleUs = 6 * 3_600_000_000;

export interface SoundFormat {
  readonly channels: number;
  readonly sampleRate: number;
}

/** The time that sound has to cover. */
export interface SoundRange {
  readonly fromUs: number;
  /** Silence is added up to here where the sound is shorter; it may be longer. */
  readonly untilUs: number;
  /** Sound that begins here or later is left out; infinite by default. */
  readonly lastUs?: number;
}

/** Interleaved samples, and where they lie. */
export interface PlacedSound {
  /** Position of the first sample, counted from `fromUs`. */
  readonly at: number;
  readonly samples: Float32Array;
}

/**
 * Stretches of sound as one stream of interleaved samples from `fromUs` on, so that what follows a gap is still in step:
 * gaps become silence, overlaps and what lies before `fromUs` are cut off. Where that would be out of all proportion to
 * the sound there is (one timestamp may lie years away), a gap stays a hole between two short silences.
 */
export async function* continuousSound(
  stretches: AsyncIterable<AudioSamples>,
  { fromUs, untilUs, lastUs = Infinity }: SoundRange,
  { channels, sampleRate }: SoundFormat,
): AsyncGenerator<PlacedSound> {
  const samplesIn = (us: number): number => Math.round((us * sampleRate) / 1_000_000);
  const usOf = (count: number): number => (count * 1_000_000) / sampleRate;
  let end = 0;
  let soundUs = 0;
  let silenceUs = 0;
  const endUs = (): number => fromUs + usOf(end);
  function* silenceUntil(us: number): Generator<PlacedSound> {
    const fills = silenceUs + us - endUs() <= freeSilenceUs + silencePerSound * soundUs;
    while (us - endUs() > toleranceUs) {
      const count = samplesIn(Math.min(us - endUs(), longestSilenceUs));
      yield { at: end, samples: new Float32Array(count * channels) };
      end += count;
      silenceUs += usOf(count);
      const leftUs = us - endUs();
      if (!fills && leftUs > 2 * longestSilenceUs) end += samplesIn(Math.min(leftUs - longestSilenceUs, longestHoleUs));
    }
  }
  for await (const { startUs, samples } of stretches) {
    if (startUs >= lastUs) continue;
    yield* silenceUntil(startUs);
    const overlapUs = endUs() - startUs;
    const kept = samples.subarray(overlapUs > toleranceUs ? samplesIn(overlapUs) * channels : 0);
    if (kept.length === 0) continue;
    yield { at: end, samples: kept };
    end += kept.length / channels;
    soundUs += usOf(kept.length / channels);
  }
  yield* silenceUntil(untilUs);
}
