import type { NearestRows } from './stretch-index.ts';

/** Of more, two take as long together as one alone: they count every row in one place. Then they wait for each other. */
const oneThread = 1;

/**
 * USearch's exact search, which has the instructions of each processor; null where its library does not load, as on a
 * system that it is not built for.
 */
export async function nearestRows(): Promise<NearestRows | null> {
  const usearch = await import('usearch').catch(() => null);
  if (usearch === null) return null;
  const { exactSearch, MetricKind } = usearch;
  return (rows, query, dim, count) => exactSearch(rows, query, dim, count, MetricKind.Cos, oneThread);
}
