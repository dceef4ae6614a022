import { z } from 'zod';
import { learnedVersionFacts } from './learned-version.ts';

/** What the corrections of another project taught at once: how its classes look, and how sure to be of a segment. */
export const lessonVersion = learnedVersionFacts.extend({
  kind: z.literal('corrections'),
  /** Accepted segments behind it, by what each class was looked for by; and shots of background. */
  classes: z.array(z.object({ prompt: z.string(), shots: z.int().nonnegative() })),
  backgroundShots: z.int().nonnegative(),
  videoCount: z.int().nonnegative(),
});
export type LessonVersion = z.infer<typeof lessonVersion>;
