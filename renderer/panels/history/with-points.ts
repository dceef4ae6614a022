import type { HistoryEntry } from '#preload/contract/history.ts';
import type { RestorePoint } from '#preload/domain/restore-point.ts';

type PlacedPoint = RestorePoint & { readonly editId: number };

type HistoryRow =
  | { readonly key: number; readonly entry: HistoryEntry; readonly point: null }
  | { readonly key: number; readonly entry: null; readonly point: PlacedPoint };

/** Edits and restore points, both newest first, as one list: a point stands above the last edit before it. Pure. */
export function withPoints(entries: readonly HistoryEntry[], points: readonly PlacedPoint[]): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let next = 0;
  const placePoints = (isDue: (point: PlacedPoint) => boolean): void => {
    for (; next < points.length && isDue(points[next]!); next += 1)
      rows.push({ key: -points[next]!.id, entry: null, point: points[next]! });
  };
  for (const entry of entries) {
    placePoints(({ editId }) => editId >= entry.id);
    rows.push({ key: entry.id, entry, point: null });
  }
  placePoints(() => true);
  return rows;
}
