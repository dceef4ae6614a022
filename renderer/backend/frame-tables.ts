import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { addresses } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';

async function fetchFrameTable(videoId: number, signal: AbortSignal): Promise<FrameTable> {
  const response = await fetch(addresses.frameTable(videoId), { signal });
  if (!response.ok)
    throw new Failure('not-found', 'The frame times of this video could not be read; add the video again.');
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
    structuralSharing: false,
  });
}
