import { availableParallelism } from 'node:os';
import type { NearestRows } from './stretch-index.ts';

/**
 * USearch's exact search, which has the instructions of each processor; null where its library does not load, as on a
 * system that it is not built for.
 */
export async function nearestRows(): Promise<NearestRows | null> {
  const usearch = await import('usearch').catch(() => null);
  if (usearch === null) return null;
  const { exactSearch, MetricKind } = usearch;
  const threads = availableParallelism();
  return (rows, query, dim, count) => exactSearch(rows, query, dim, count, MetricKind.Cos, threads);
}
