import { crossCorrelation } from './cross-correlation.ts';

/** Mean square of a sound in each of equal stretches of time, from time 0 on. */
export interface SoundEnvelope {
  readonly energy: Float32Array;
  /** How long a stretch is. */
  readonly stepUs: number;
}

/** How two recordings of one sound lie to each other. */
export interface EnvelopeMatch {
  /** What is added to a time of the first to have that of the second. */
  readonly offsetUs: number;
  /** Correlation of the two envelopes there, -1 to 1. */
  readonly agreement: number;
  /** How many times as high as at the best offset elsewhere. */
  readonly distinctness: number;
  /** How long they were compared there. */
  readonly overlapUs: number;
}

/** What is slower than this is the recording's own: distance, automatic gain, hum. */
const slowUs = 1_000_000;
/** Offsets closer to the best than this are the same one. */
const samePlaceUs = 400_000;
/** They have to be compared for so long, or for half of the shorter one. */
const leastOverlapUs = 5_000_000;
/** Neighbouring stretches are loud together: so many count as one independent look. */
const looksTogether = 8;
/** In deviations above the highest that chance alone would bring among all offsets. */
const surelyAbove = 3;
const leastDistinct = 1.25;
/** Silence, as mean square. */
const floor = 1e-8;

/**
 * The offset at which two recordings agree best about when it is loud and when it is quiet; null where no offset stands
 * out: nothing is in common, or it repeats itself. Loudness is compared as its logarithm without what changes slowly, so
 * neither distance nor gain matter. To about two thousandths of a second.
 */
export function matchEnvelopes(first: SoundEnvelope, second: SoundEnvelope): EnvelopeMatch | null {
  const { stepUs } = first;
  const [a, b] = [changesOf(first), changesOf(second)];
  const [squaresA, squaresB] = [runningSquares(a), runningSquares(b)];
  const leastOverlap = Math.ceil(Math.min(leastOverlapUs / stepUs, Math.min(a.length, b.length) / 2));
  const products = crossCorrelation(a, b);
  const zero = a.length - 1;
  const agreementAt = (at: number): number => {
    const { start, end, lag } = overlapAt(at - zero, a.length, b.length);
    if (end - start < leastOverlap) return 0;
    const ofA = squaresA[end]! - squaresA[start]!;
    const ofB = squaresB[end + lag]! - squaresB[start + lag]!;
    return ofA > 0 && ofB > 0 ? products[at]! / Math.sqrt(ofA * ofB) : 0;
  };
  const agreements = Float64Array.from(products, (_, at) => agreementAt(at));
  const best = highest(agreements, () => true);
  const agreement = agreements[best]!;
  const apart = samePlaceUs / stepUs;
  const next = agreements[highest(agreements, (at) => Math.abs(at - best) > apart)] ?? 0;
  const { start, end } = overlapAt(best - zero, a.length, b.length);
  const looks = (end - start) / looksTogether;
  const byChance = Math.sqrt(2 * Math.log(Math.max(products.length / looksTogether, 2)));
  const distinctness = agreement / Math.max(next, 1e-3);
  if (agreement * Math.sqrt(looks) < byChance + surelyAbove || distinctness < leastDistinct) return null;
  const lag = best - zero + vertex(agreements[best - 1] ?? 0, agreement, agreements[best + 1] ?? 0);
  return { offsetUs: Math.round(lag * stepUs), agreement, distinctness, overlapUs: (end - start) * stepUs };
}

/** Which stretches of the first lie beside some of the second, `lag` stretches on. */
function overlapAt(lag: number, lengthA: number, lengthB: number) {
  return { start: Math.max(0, -lag), end: Math.max(0, -lag, Math.min(lengthA, lengthB - lag)), lag };
}

/** The logarithm of loudness without its own slow changes. */
function changesOf({ energy, stepUs }: SoundEnvelope): Float64Array {
  const logs = Float64Array.from(energy, (value) => Math.log(value + floor));
  const sums = new Float64Array(logs.length + 1);
  for (let at = 0; at < logs.length; at += 1) sums[at + 1] = sums[at]! + logs[at]!;
  const reach = Math.max(1, Math.round(slowUs / stepUs / 2));
  return logs.map((value, at) => {
    const [from, to] = [Math.max(0, at - reach), Math.min(logs.length, at + reach + 1)];
    return value - (sums[to]! - sums[from]!) / (to - from);
  });
}

/** Sums of the squares before each place, `[n + 1]`. */
function runningSquares(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at += 1) sums[at + 1] = sums[at]! + values[at]! ** 2;
  return sums;
}

function highest(values: Float64Array, counts: (at: number) => boolean): number {
  let best = -1;
  for (let at = 0; at < values.length; at += 1) {
    if ((best < 0 || values[at]! > values[best]!) && counts(at)) best = at;
  }
  return best;
}

/** Where between its neighbours a parabola through three values is highest, -0.5 to 0.5. */
function vertex(before: number, at: number, after: number): number {
  const bend = before - 2 * at + after;
  return bend < 0 ? Math.min(Math.max((before - after) / (2 * bend), -0.5), 0.5) : 0;
}
