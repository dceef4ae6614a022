import { z } from 'zod';
import { told } from './saying.ts';

/** Why there is one: a person set it, or a model run, an import or an edit of many segments came next. */
const restoreCause = z.enum(['person', 'model', 'import', 'bulk']);

export const restorePointName = z.string().trim().min(1).max(200);

/** A named place in the edit log that can be looked at and gone back to. */
export const restorePoint = z.object({
  id: z.int().positive(),
  /** Milliseconds since 1970. */
  at: z.int(),
  name: told,
  cause: restoreCause,
  /** Who set it, or asked for what came next; null where nobody said. */
  annotator: z.string().nullable(),
  /** The project's model then; null for none. */
  model: z.string().nullable(),
  /** The version of prompts that was live; null: names as they were typed. */
  version: z.string().nullable(),
});
export type RestorePoint = z.infer<typeof restorePoint>;
