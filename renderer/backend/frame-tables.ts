import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { addresses } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { t } from '../language/language.ts';

async function fetchFrameTable(videoId: number, signal: AbortSignal): Promise<FrameTable> {
  const response = await fetch(addresses.frameTable(videoId), { signal });
  if (!response.ok)
    throw new Failure(
      'not-found',
      verbatim(t('The frame times of this video could not be read; add the video again.')),
    );
  return FrameTable.fromArray(readLittleEndianDoubles(await response.arrayBuffer()));
}

/** Doubles as they travel; `Float64Array` itself would read them in the machine's own order. */
export function readLittleEndianDoubles(bytes: ArrayBuffer): Float64Array {
  const view = new DataView(bytes);
  return Float64Array.from({ length: bytes.byteLength >> 3 }, (_, index) => view.getFloat64(index * 8, true));
}

/**
 * The frame table of a video; `null` asks for nothing. It is fetched once and kept for a while: a video's table never
 * changes, since its content is what its checksum says.
 */
export function useFrameTable(videoId: number | null): UseQueryResult<FrameTable> {
  return useQuery({
    queryKey: ['frame-table', videoId],
    queryFn: ({ signal }) => fetchFrameTable(videoId!, signal),
    enabled: videoId !== null,
    staleTime: Infinity,
    gcTime: 10 * 60_000,
    // A table that was fetched again after a lost connection is the one that player and timeline hold.
    structuralSharing: (before, now) => (sameTable(before, now) ? before : now),
  });
}

function sameTable(before: unknown, now: unknown): boolean {
  if (!(before instanceof FrameTable) || !(now instanceof FrameTable)) return false;
  if (before.frameCount !== now.frameCount || before.lastEndUs !== now.lastEndUs) return false;
  for (let frame = 0; frame < now.frameCount; frame += 1) {
    if (before.startUs(frame) !== now.startUs(frame)) return false;
  }
  return true;
}
