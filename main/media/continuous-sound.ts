import type { AudioSamples } from './audio-samples.ts';

/** Container rounding moves stretches about by a few milliseconds; only what is off by more is a gap or an overlap. */
const toleranceUs = 20_000;

const longestSilenceUs = 1_000_000;

export interface SoundFormat {
  readonly channels: number;
  readonly sampleRate: number;
}

/** The time that sound has to cover. */
export interface SoundRange {
  readonly fromUs: number;
  /** Silence is added up to here where the sound is shorter; it may be longer. */
  readonly untilUs: number;
}

/**
 * Stretches of sound as one stream of interleaved samples without holes from `fromUs` on, so that what follows a gap is
 * still in step: gaps become silence, overlaps and what lies before `fromUs` are cut off.
 */
export async function* continuousSound(
  stretches: AsyncIterable<AudioSamples>,
  { fromUs, untilUs }: SoundRange,
  { channels, sampleRate }: SoundFormat,
): AsyncGenerator<Float32Array> {
  const samplesIn = (us: number): number => Math.round((us * sampleRate) / 1_000_000);
  let written = 0;
  const endUs = (): number => fromUs + (written * 1_000_000) / sampleRate;
  function* silenceUntil(us: number): Generator<Float32Array> {
    while (us - endUs() > toleranceUs) {
      const count = samplesIn(Math.min(us - endUs(), longestSilenceUs));
      yield new Float32Array(count * channels);
      written += count;
    }
  }
  for await (const { startUs, samples } of stretches) {
    yield* silenceUntil(startUs);
    const overlapUs = endUs() - startUs;
    const kept = samples.subarray(overlapUs > toleranceUs ? samplesIn(overlapUs) * channels : 0);
    if (kept.length === 0) continue;
    yield kept;
    written += kept.length / channels;
  }
  yield* silenceUntil(untilUs);
}
