import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers that depend on the seed alone: the same ones on every machine. */
export interface SeededRandom {
  /** In [low, high). */
  between(low: number, high: number): number;
  /** From the standard normal distribution. */
  normal(): number;
  /** A whole number in [0, count). */
  below(count: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(probability: number): boolean;
  /** An independent stream, so that adding a draw in one place does not shift all others. */
  fork(): SeededRandom;
}

export function seededRandom(seed: number): SeededRandom {
  const generator = xoroshiro128plus(seed | 0);
  // The first draws of neighbouring seeds are alike until the state has been stirred.
  for (let draw = 0; draw < 16; draw += 1) generator.next();
  const unit = (): number => (generator.next() >>> 0) / 2 ** 32;
  const random: SeededRandom = {
    between: (low, high) => low + (high - low) * unit(),
    // Box and Muller 1958; 1 - u is never zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    below: (count) => Math.floor(unit() * count),
    pick: (items) => {
      if (items.length === 0) throw new RangeError('there is nothing to pick from');
      return items[Math.floor(unit() * items.length)]!;
    },
    chance: (probability) => unit() < probability,
    fork: () => seededRandom(generator.next()),
  };
  return random;
}
