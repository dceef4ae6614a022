import type { Segment } from '#preload/domain/segment.ts';
import type { AnnotationSet } from '../annotation-set.ts';

/** The segments of each video for a format that has no word for rejected ones; how many were left out is told. */
export function withoutRejected({ segments }: Pick<AnnotationSet, 'segments'>): {
  readonly segmentsOf: (videoId: number) => readonly Segment[];
  readonly held: readonly Segment[];
  readonly warnings: readonly string[];
} {
  const held = segments.filter(({ state }) => state !== 'rejected');
  const byVideo = Map.groupBy(held, ({ videoId }) => videoId);
  const left = segments.length - held.length;
  return {
    segmentsOf: (videoId) => byVideo.get(videoId) ?? [],
    held,
    warnings:
      left === 0
        ? []
        : [
            `${left} rejected ${left === 1 ? 'segment was' : 'segments were'} left out: this format has no word for them.`,
          ],
  };
}
