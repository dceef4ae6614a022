import { z } from 'zod';

/** A text that the text encoder reads. */
const promptText = z.string().trim().min(1).max(1000);

/** More examples no class has. */
export const mostExamples = 24;

/** A class of action. Its display name may be in any language; `prompt` is the text that the text encoder reads. */
export const actionClass = z.object({
  id: z.int().positive(),
  name: z.string().trim().min(1).max(200),
  /** The text given to the text encoder; the display name where the annotator wrote none. */
  prompt: promptText,
  /** `#rrggbb`, from a palette that stays distinct for colour-blind eyes. */
  colour: z
    .string()
    .max(7)
    .regex(/^#[0-9a-f]{6}$/),
  /** The digit key that gives this class, `1` to `9` then `0`; null for none. */
  digitKey: z.int().min(0).max(9).nullable(),
  /** Order in the class list, from 0. */
  position: z.int().nonnegative(),
  /** A removed class keeps its segments, out of sight, so that undo brings both back. */
  removed: z.boolean(),
  /** The class that a removed one was merged into; left out where it was not. */
  mergedInto: z.int().positive().optional(),
  /** The class that it lies below; left out at the top. No class lies below itself, through whichever others. */
  parentId: z.int().positive().optional(),
  /** What counts as this action and what does not, for those who label; left out where nobody wrote it. */
  definition: z.string().trim().min(1).max(4000).optional(),
  /** `point`: its events are moments of one frame. Left out: spans. */
  kind: z.literal('point').optional(),
  /** The classes below it cannot overlap each other. Left out where they can. */
  exclusive: z.literal(true).optional(),
  /** Further texts beside `prompt`: the class is what they say on average. Left out where there are none. */
  morePrompts: z.array(promptText).min(1).max(31).optional(),
  /** Segments that show it, beside the definition; those that are gone count for nothing. Left out where there are none. */
  examples: z.array(z.int().positive()).min(1).max(mostExamples).optional(),
});
export type ActionClass = z.infer<typeof actionClass>;

/** All texts of a class, the first one first. */
export const promptsOf = ({ prompt, morePrompts = [] }: Pick<ActionClass, 'prompt' | 'morePrompts'>): string[] => [
  prompt,
  ...morePrompts,
];

/** Okabe-Ito's colours (grey and black left out), then lighter and darker turns of them, for more than seven classes. */
export const classColours = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#ffc766',
  '#a3d9f5',
  '#4fd1ac',
  '#b3a715',
  '#5aa9dd',
  '#ff9a52',
  '#e8b4d2',
] as const;
