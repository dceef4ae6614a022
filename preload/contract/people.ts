import { oc } from '@orpc/contract';
import { z } from 'zod';

/** More selected segments than this are not shown to others. */
export const mostShownSelected = 100;

/** A window that is open, and what is looked at in it. */
export const presentWindow = z.object({
  /** The name that the window gave itself. */
  window: z.string(),
  /** Who sits there; null where nobody said. */
  person: z.string().nullable(),
  videoId: z.int().nullable(),
  segmentIds: z.array(z.int()).max(mostShownSelected),
});
export type PresentWindow = z.infer<typeof presentWindow>;

/** Who else has the project open: every window that listens to changes, one's own included, the longest open first. */
export const people = {
  list: oc.output(z.array(presentWindow)),
  /** Says what this window looks at. */
  look: oc
    .input(z.object({ videoId: z.int().nullable(), segmentIds: z.array(z.int()).max(mostShownSelected) }))
    .output(z.void()),
};
