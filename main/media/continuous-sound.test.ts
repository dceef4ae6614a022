// Sound stays in step whatever holes, overlaps and early or late starts its stretches have.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { continuousSound } from './continuous-sound.ts';

const format = { channels: 1, sampleRate: 1000 };

/** Stretches `[start in ms, length in ms]`, each sample of which says its own time in ms plus one. */
async function joined(
  stretches: readonly (readonly [number, number])[],
  fromMs: number,
  untilMs: number,
): Promise<number[]> {
  const sound = async function* () {
    for (const [start, length] of stretches) {
      const samples = Float32Array.from({ length }, (_, at) => start + at + 1);
      yield { startUs: start * 1000, samples, sampleRate: 1000 };
    }
  };
  const all: number[] = [];
  for await (const { at, samples } of continuousSound(
    sound(),
    { fromUs: fromMs * 1000, untilUs: untilMs * 1000 },
    format,
  )) {
    expect(at).toBe(all.length);
    all.push(...samples);
  }
  return all;
}

test('gaps, late starts and early ends are silent', async () => {
  const all = await joined(
    [
      [100, 50],
      [400, 50],
    ],
    0,
    3000,
  );
  expect(all.length).toBeGreaterThan(2980);
  expect(all.every((value, at) => value === 0 || value === at + 1)).toBe(true);
  expect(all.filter((value) => value > 0).length).toBe(100);
});

test('what lies before the start is cut off, and so are overlaps', async () => {
  const all = await joined(
    [
      [-500, 600],
      [60, 100],
    ],
    0,
    0,
  );
  expect(all).toEqual(Array.from({ length: 160 }, (_, at) => at + 1));
});

test('no sound at all is silence', async () => {
  expect((await joined([], 0, 2500)).length).toBe(2500);
});

test('every sample is within the tolerance of its time', async () => {
  const stretch = fc.tuple(fc.integer({ min: -50, max: 200 }), fc.integer({ min: 1, max: 300 }));
  await fc.assert(
    fc.asyncProperty(fc.array(stretch, { maxLength: 12 }), async (steps) => {
      let at = -100;
      const stretches = steps.map(([gap, length]) => {
        const start = at + gap;
        at = start + length;
        return [start, length] as const;
      });
      const all = await joined(stretches, 0, 500);
      all.forEach((value, position) => {
        if (value > 0) expect(Math.abs(value - 1 - position)).toBeLessThanOrEqual(20);
      });
    }),
  );
});

test('a gap out of proportion is a hole: sound keeps its time, and next to no silence is written', async () => {
  const [monthMs, yearsMs] = [30 * 86_400_000, 50 * 365 * 86_400_000];
  const sound = async function* () {
    for (const ms of [0, monthMs, yearsMs])
      yield { startUs: ms * 1000, samples: new Float32Array(500).fill(1), sampleRate: 1000 };
  };
  const range = { fromUs: 0, untilUs: 0, lastUs: 2 * monthMs * 1000 };
  const startsMs: number[] = [];
  let [end, written, longestHoleMs] = [0, 0, 0];
  for await (const { at, samples } of continuousSound(sound(), range, format)) {
    expect(at).toBeGreaterThanOrEqual(end);
    longestHoleMs = Math.max(longestHoleMs, at - end);
    if (samples.includes(1)) startsMs.push(at);
    written += samples.length;
    end = at + samples.length;
  }
  expect(startsMs).toEqual([0, monthMs]);
  expect(written).toBeLessThan(200_000);
  // In 32 bits of a 48 kHz clock.
  expect(longestHoleMs * 48).toBeLessThan(2 ** 31);
});
