import { durationUs, secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { heldSegments } from './held-segments.ts';

export const cocoResults: Format = {
  id: 'coco-results',
  name: 'COCO results',
  extensions: ['json'],
  description:
    'Scored detections as pycocotools’ loadRes reads them beside a COCO-style export of the same videos and classes; boxes hold time. Written only: it names neither videos nor classes.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'scores'],
  write,
};

/** Numbers are those of the COCO-style export; what a person drew counts as certain. */
function write(set: AnnotationSet): Written {
  const { videos, warnings } = heldSegments(set);
  const results = videos.flatMap(({ segments }, index) =>
    segments.map((segment) => ({
      image_id: index + 1,
      category_id: segment.labelId + 1,
      bbox: [secondsOf(segment.startUs), 0, secondsOf(durationUs(segment)), 1],
      score: segment.score ?? 1,
    })),
  );
  return { text: `[\n${results.map((result) => JSON.stringify(result)).join(',\n')}\n]\n`, warnings };
}
