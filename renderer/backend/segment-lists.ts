import { addresses } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { unpackSegment, type PackedSegment } from '#preload/domain/packed-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../language/language.ts';
import { failureIn } from './failures.ts';

/** All segments of a video by start time, as `segments.list` answers them, in a form that a hundred thousand do not slow down. */
export async function fetchSegments(videoId: number, signal: AbortSignal | undefined): Promise<Segment[]> {
  const response = await globalThis.fetch(addresses.segments(videoId), signal ? { signal } : {});
  if (!response.ok)
    throw await failureIn(
      response,
      new Failure('internal', verbatim(t('The segments of this video could not be read.'))),
    );
  return ((await response.json()) as readonly PackedSegment[]).map((packed) => unpackSegment(videoId, packed));
}
