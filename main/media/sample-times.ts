import { microsecondsOf } from '#preload/domain/span.ts';

/** The whole multiples of `1 / fps` seconds in `[fromUs, toUs)`, in whole microseconds, ascending. */
export function* sampleTimes(fps: number, fromUs: number, toUs: number): Generator<number> {
  if (!(fps > 0 && Number.isFinite(fps))) throw new RangeError(`a sampling rate must be positive, not ${fps}`);
  for (let k = Math.max(0, Math.floor((fromUs / 1_000_000) * fps) - 1); ; k += 1) {
    const atUs = microsecondsOf(k / fps);
    if (atUs >= toUs) return;
    if (atUs >= fromUs) yield atUs;
  }
}
