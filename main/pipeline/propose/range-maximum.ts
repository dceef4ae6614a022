/** Highest value of a fixed curve in any range, in O(1) after O(N log N) preparation (a sparse table). */
export class RangeMaximum {
  /** Level `p` holds the highest of `2^p` values from each index on. */
  readonly #levels: Float64Array[];

  constructor(curve: Float64Array) {
    this.#levels = [curve];
    for (let width = 1; 2 * width <= curve.length; width *= 2) {
      const below = this.#levels.at(-1)!;
      const level = new Float64Array(curve.length - 2 * width + 1);
      for (let index = 0; index < level.length; index += 1) {
        level[index] = Math.max(below[index]!, below[index + width]!);
      }
      this.#levels.push(level);
    }
  }

  /** Over `[start, end)`, which must not be empty. */
  of(start: number, end: number): number {
    const power = 31 - Math.clz32(end - start);
    const level = this.#levels[power]!;
    return Math.max(level[start]!, level[end - (1 << power)]!);
  }
}
