import { signatureDistance, type PictureSignature } from './picture-signature.ts';

/** How one reader's pictures lie in another's. */
export interface PictureAlignment {
  /** `[N]` index in the reference of the picture that each of ours should be, in order. */
  readonly expected: readonly number[];
  /** Indices of ours that look like another picture of the reference than the expected one, or like none. */
  readonly wrong: readonly number[];
  /** Pictures of the reference that ours lack. */
  readonly lost: number;
  /** Pictures of ours that the reference lacks. */
  readonly surplus: number;
}

/** Two decodings of one picture differ by far less, two different pictures by far more, unless nothing moves. */
const sameWithin = 0.35;
/** How many pictures around the expected one may look more alike before it counts as the wrong one. */
const neighbourhood = 8;
/** A neighbour must be closer by this much: where nothing moves, chance decides which one is. */
const clearlyCloser = 0.04;
/** By so much closer than any neighbour, it is the picture although colours differ. */
const surelyCloser = 0.15;

/**
 * Lays pictures against the reference's, in order. Where there are fewer or more, the stretch that is missing or added is
 * looked for at the start, at the end, and then wherever it fits best, as one run.
 */
export function alignPictures(
  ours: readonly PictureSignature[],
  reference: readonly PictureSignature[],
): PictureAlignment {
  const missing = reference.length - ours.length;
  const fitting = missing === 0 ? ours.keys().toArray() : bestRun(ours, reference, Math.abs(missing), missing > 0);
  const expected = fitting.map((index) => Math.min(index, reference.length - 1));
  const wrong = [...expected.keys()].filter((index) => !isPicture(ours[index]!, reference, expected[index]!));
  return { expected, wrong, lost: Math.max(0, missing), surplus: Math.max(0, -missing) };
}

/** Readers that take a colour matrix differently see every picture differently, and still the same one. */
function isPicture(picture: PictureSignature, reference: readonly PictureSignature[], at: number): boolean {
  const own = signatureDistance(picture, reference[at]!);
  const from = Math.max(0, at - neighbourhood);
  const others = reference
    .slice(from, at + neighbourhood + 1)
    .filter((_, index) => from + index !== at)
    .map((other) => signatureDistance(picture, other));
  const nearest = Math.min(...others);
  return own <= sameWithin ? nearest + clearlyCloser >= own : others.length > 0 && own + surelyCloser < nearest;
}

/** Where one run of `length` pictures is missing from ours (or added to it), the place at which the rest fits best. */
function bestRun(
  ours: readonly PictureSignature[],
  reference: readonly PictureSignature[],
  length: number,
  isMissing: boolean,
): readonly number[] {
  const mapFrom = (place: number): number[] =>
    ours
      .keys()
      .map((index) => (index < place ? index : isMissing ? index + length : Math.max(place, index - length)))
      .toArray();
  const step = Math.max(1, Math.floor(ours.length / 64));
  const places = [0, ours.length, ...Array.from({ length: Math.ceil(ours.length / step) }, (_, at) => at * step)];
  const cost = (map: readonly number[]): number =>
    map.reduce((sum, at, index) => {
      const picture = reference[Math.min(at, reference.length - 1)];
      return sum + (picture === undefined ? 2 : signatureDistance(ours[index]!, picture));
    }, 0);
  let best = mapFrom(0);
  let least = Number.POSITIVE_INFINITY;
  for (const place of new Set(places)) {
    const map = mapFrom(place);
    const total = cost(map);
    if (total < least) [best, least] = [map, total];
  }
  return best;
}
