/** Speeds offered for plain play, slowest first. A browser's player takes 0.0625 to 16. */
export const playSpeeds = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 4, 8, 16] as const;

const shuttleLadder = [1, 2, 4, 8, 16] as const;

/** The next speed up (`+1`) or down (`-1`) from `speed`; the end of the list stays. */
export function neighbourSpeed(speed: number, direction: 1 | -1): number {
  const candidates = playSpeeds.filter((value) => (direction > 0 ? value > speed : value < speed));
  return (direction > 0 ? candidates[0] : candidates.at(-1)) ?? speed;
}

/**
 * What J (`-1`) and L (`+1`) make of the present signed rate (0: paused), as on an editing desk: the first press plays
 * that way at 1x, each further press doubles up to 16x, and the opposite key turns round at 1x.
 */
export function shuttleRate(rate: number, direction: 1 | -1): number {
  if (Math.sign(rate) !== direction) return direction;
  const faster = shuttleLadder.find((step) => step > Math.abs(rate));
  return direction * (faster ?? 16);
}

/** `1x`, `0.25x`, `-2x`. */
export const speedLabel = (rate: number): string => `${rate < 0 ? '−' : ''}${Math.abs(rate)}×`;
