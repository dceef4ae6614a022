import type { Segment } from '#preload/domain/segment.ts';
import type { AnnotationSet } from '../annotation-set.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** The segments of each video for a format that has no word for rejected ones; how many were left out is told. */
export function withoutRejected({ segments }: Pick<AnnotationSet, 'segments'>): {
  readonly segmentsOf: (videoId: number) => readonly Segment[];
  readonly held: readonly Segment[];
  readonly warnings: readonly Saying[];
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
            say('{{count}} rejected segments were left out: this format has no word for them.', {
              count: left,
              one: '{{count}} rejected segment was left out: this format has no word for it.',
            }),
          ],
  };
}
