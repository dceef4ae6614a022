import type { FrameTable } from '#preload/domain/frame-table.ts';
import { firstAbove } from '../../shared/interval-lookup.ts';

/** Times that edges are drawn to, in increasing order: neighbours' edges, the playhead, marks, change points. */
export type Magnets = Float64Array;

/** Magnets from any times, in any order. */
export const magnetsOf = (timesUs: Iterable<number>): Magnets => Float64Array.from(new Set(timesUs)).sort();

/** The magnet nearest to `us` that is no further than `reachUs` away, or null. */
export function nearestMagnet(magnets: Magnets, us: number, reachUs: number): number | null {
  const next = firstAbove(magnets, us);
  const above = magnets[next];
  const below = magnets[next - 1];
  const nearest = above === undefined ? below : below === undefined ? above : us - below <= above - us ? below : above;
  return nearest !== undefined && Math.abs(nearest - us) <= reachUs ? nearest : null;
}

/** Where an edge dragged to `us` lands: a magnet within reach, else the nearest frame boundary; always on the table. */
export function snapEdge(table: FrameTable, us: number, magnets: Magnets, reachUs: number): number {
  return table.snapUs(nearestMagnet(magnets, us, reachUs) ?? us);
}

/**
 * Moments of strong change: the peaks of a novelty curve that stand above their surroundings.
 * @param novelty `[N]` in [0, 1] at `timesUs` `[N]`
 */
export function changePoints(timesUs: readonly number[], novelty: readonly number[]): number[] {
  const mean = novelty.reduce((sum, value) => sum + value, 0) / Math.max(1, novelty.length);
  const floor = Math.max(0.2, mean * 1.5);
  return timesUs.filter((_, index) => {
    const value = novelty[index] ?? 0;
    return value >= floor && value > (novelty[index - 1] ?? 0) && value >= (novelty[index + 1] ?? 0);
  });
}
