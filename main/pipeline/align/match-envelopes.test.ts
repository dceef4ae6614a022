// Protects views that are aligned by sound: the offset of two recordings of one scene to within a few thousandths of a
// second, whatever their gain and noise, and no offset at all where there is nothing to go by.
import FFT from 'fft.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { crossCorrelation } from './cross-correlation.ts';
import { matchEnvelopes, type SoundEnvelope } from './match-envelopes.ts';

const stepUs = 10_000;

/** When somebody claps and speaks in a room: bursts of random height and length, seconds after the first. */
function scene(seed: number, seconds: number): (timeS: number) => number {
  const draws = seededRandom(seed);
  const random = () => draws.between(0, 1);
  const bursts: { readonly atS: number; readonly height: number; readonly fadeS: number }[] = [];
  for (let atS = 0; atS < seconds; atS += 0.15 + random() * 1.2) {
    bursts.push({ atS, height: 0.05 + random(), fadeS: 0.03 + random() * 0.25 });
  }
  return (timeS) =>
    bursts.reduce(
      (sum, { atS, height, fadeS }) =>
        timeS >= atS && timeS < atS + 8 * fadeS ? sum + height * Math.exp((atS - timeS) / fadeS) : sum,
      0,
    );
}

/** The envelope of a recording that began `beganS` into the scene, by a microphone of its own noise and gain. */
function recording(
  loudness: (timeS: number) => number,
  { beganS, seconds, gain, noise, seed }: Record<'beganS' | 'seconds' | 'gain' | 'noise' | 'seed', number>,
): SoundEnvelope {
  const draws = seededRandom(seed);
  const random = () => draws.between(0, 1);
  const substeps = 4;
  const energy = Float32Array.from({ length: Math.round(seconds * 100) }, (_, step) => {
    let sum = 0;
    for (let sub = 0; sub < substeps; sub += 1) {
      const timeS = beganS + (step + (sub + 0.5) / substeps) / 100;
      sum += (gain * loudness(timeS)) ** 2 + noise * (0.5 + random());
    }
    return sum / substeps;
  });
  return { energy, stepUs };
}

const noises = fc.double({ min: 1e-6, max: 2e-3, noNaN: true });

describe('aligning by sound', () => {
  it('finds the offset to within five thousandths of a second, whatever gain and noise', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 12, noNaN: true }),
        fc.double({ min: 0.05, max: 4, noNaN: true }),
        noises,
        (seed, laterS, gain, noise) => {
          const loudness = scene(seed, 60);
          const first = recording(loudness, { beganS: 0, seconds: 40, gain: 1, noise: 1e-4, seed: seed + 1 });
          const second = recording(loudness, {
            beganS: laterS,
            seconds: 30,
            gain,
            noise: noise * gain ** 2,
            seed: seed + 2,
          });
          const match = matchEnvelopes(first, second);
          expect(Math.abs(match!.offsetUs + laterS * 1e6)).toBeLessThan(5000);
          // And the other way round it is as far the other way.
          expect(Math.abs(matchEnvelopes(second, first)!.offsetUs - laterS * 1e6)).toBeLessThan(5000);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('finds none between recordings of different scenes', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const [one, other] = [scene(seed, 40), scene(seed + 1000, 40)].map((loudness, at) =>
        recording(loudness, { beganS: 0, seconds: 40, gain: 1, noise: 1e-4, seed: seed + at }),
      );
      expect(matchEnvelopes(one!, other!), `seed ${seed}`).toBeNull();
    }
  });

  it('finds none where the sound repeats itself, or there is none to hear', () => {
    const beats = recording((timeS) => ((timeS + 0.1) % 0.5 < 0.05 ? 1 : 0), {
      beganS: 0,
      seconds: 30,
      gain: 1,
      noise: 1e-6,
      seed: 5,
    });
    expect(matchEnvelopes(beats, beats)).toBeNull();
    const silence = { energy: new Float32Array(3000), stepUs };
    expect(matchEnvelopes(silence, silence)).toBeNull();
    expect(matchEnvelopes({ energy: new Float32Array(0), stepUs }, beats)).toBeNull();
  });
});

describe('the transform beneath', () => {
  it('correlates as the sum of products does', () => {
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const lags = crossCorrelation(Float64Array.from(a), Float64Array.from(b));
        for (let lag = 1 - a.length; lag < b.length; lag += 1) {
          const sum = a.reduce((total, value, at) => total + value * (b[at + lag] ?? 0), 0);
          expect(lags[lag + a.length - 1]).toBeCloseTo(sum, 9);
        }
      }),
    );
  });

  it('of one impulse is flat', () => {
    const [impulse, spectrum] = [new Float64Array(2 * 8), new Float64Array(2 * 8)];
    impulse[0] = 1;
    new FFT(8).transform(spectrum, impulse);
    const re = spectrum.filter((_, at) => at % 2 === 0);
    expect([...re]).toEqual(Array.from({ length: 8 }, () => 1));
  });
});
