/** Part of the key of features: to be raised with each change of what counts as moving. */
export const framingMethod = 1;

/** A picture as decoded: packed RGB24 `[height, width, 3]`. */
export interface DecodedPicture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The middle of a picture, as models are trained to see it. */
export const middle = 0.5;
/** Brightness changes of less than this share of the range are noise of cameras and compression. */
const leastChange = 0.05;
/** The middle stays unless half as much again moves elsewhere: people film what they mean to show. */
const clearlyMore = 1.5;

/**
 * Where along their longer side pictures show what moves: 0 at the left or top end, 1 at the right or bottom end, `middle`
 * where nothing elsewhere moves clearly more. Changes that all of a picture shares, as of a camera that moves, are taken
 * off.
 */
export class MovingPart {
  #side = 0;
  #changes = new Float64Array(0);

  /** Takes two pictures of one size, the second shortly after the first. */
  add(before: DecodedPicture, after: DecodedPicture): void {
    const { width, height } = before;
    const own = changesAlong(before, after);
    if (this.#changes.length === 0) this.#changes = new Float64Array(own.length);
    this.#side = Math.min(width, height);
    const shared = own.toSorted()[own.length >> 1]!;
    for (let at = 0; at < own.length; at += 1) this.#changes[at]! += Math.max(0, own[at]! - shared);
  }

  get place(): number {
    const changes = this.#changes;
    const free = changes.length - this.#side;
    if (free === 0) return middle;
    const sums = new Float64Array(changes.length + 1);
    for (let at = 0; at < changes.length; at += 1) sums[at + 1] = sums[at]! + changes[at]!;
    const inside = Array.from({ length: free + 1 }, (_, from) => sums[from + this.#side]! - sums[from]!);
    const most = Math.max(...inside);
    if (most === 0 || most < clearlyMore * inside[free >> 1]!) return middle;
    // Of equals the one in between, so that what moves has room on both sides.
    const best = [...inside.keys()].filter((from) => inside[from]! >= 0.999 * most);
    return best[best.length >> 1]! / free;
  }
}

/** How much brightness changes in each line across the longer side. */
function changesAlong(before: DecodedPicture, after: DecodedPicture): Float64Array {
  const { width, height } = before;
  const changes = new Float64Array(Math.max(width, height));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 3 * (y * width + x);
      const change =
        Math.abs(
          after.rgb[at]! +
            after.rgb[at + 1]! +
            after.rgb[at + 2]! -
            before.rgb[at]! -
            before.rgb[at + 1]! -
            before.rgb[at + 2]!,
        ) / 765;
      if (change >= leastChange) changes[width >= height ? x : y]! += change;
    }
  }
  return changes;
}
