export const ease = (t: number): number => t * t * (3 - 2 * t);
export const mix = (from: number, to: number, t: number): number => from + (to - from) * t;
/** 0 → 1 → 0. */
export const thereAndBack = (t: number): number => Math.sin(Math.PI * t);
export const swing = (t: number, cycles: number): number => Math.sin(2 * Math.PI * cycles * t);
