import { z } from 'zod';

/** A part of the window as a person left it: which panels are open, how wide, where they stood, which keys they chose. */
export const keptView = z.object({
  name: z
    .string()
    .max(120)
    .regex(/^[\w.:-]+$/),
  text: z.string().max(200_000),
});
export type KeptView = z.infer<typeof keptView>;
