import { addresses } from '#preload/contract/contract.ts';
import { Failure, isFailure } from '#preload/domain/failure.ts';
import { unpackSegment, type PackedSegment } from '#preload/domain/packed-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';

/** All segments of a video by start time, as `segments.list` answers them, in a form that a hundred thousand do not slow down. */
export async function fetchSegments(videoId: number, signal: AbortSignal | undefined): Promise<Segment[]> {
  const response = await globalThis.fetch(addresses.segments(videoId), signal ? { signal } : {});
  const answer: unknown = await response.json();
  if (!response.ok) {
    const { code, message } = isFailure(answer)
      ? answer
      : { code: 'internal' as const, message: 'The segments of this video could not be read.' };
    throw new Failure(code, message);
  }
  return (answer as readonly PackedSegment[]).map((packed) => unpackSegment(videoId, packed));
}
