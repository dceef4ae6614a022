import { z } from 'zod';

/** What may be said of segments beside video, class and span, and is lost where a format has no place for it. */
export const segmentAspect = z.enum([
  'states',
  'scores',
  'notes',
  'annotators',
  'subjects',
  'ambiguous',
  'locks',
  'attributes',
  'points',
]);
export type SegmentAspect = z.infer<typeof segmentAspect>;

/** An aspect that is lost, and of how many segments; of attributes, how many of them. */
export const leftOutAspect = z.object({ aspect: segmentAspect, count: z.int().positive() });
export type LeftOutAspect = z.infer<typeof leftOutAspect>;
