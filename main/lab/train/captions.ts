import type { SeededRandom } from '#main/random/seeded-random.ts';
import { worldActions, type WorldAction } from '../world/actions.ts';

/** The actions that the starter model is trained on; the novel ones are held back. */
export const trainingActions: readonly WorldAction[] = worldActions.filter((action) => !action.novel);

/** By training action: it and its reverse, which single frames cannot tell apart, as indices. */
export const alikeInFrames: readonly (readonly number[])[] = trainingActions.map((action) =>
  [...trainingActions.keys()].filter((index) => {
    const other = trainingActions[index]!;
    return other === action || other.id === action.reverseOf || other.reverseOf === action.id;
  }),
);

/** The class that a clip of a class shows when played backwards, nothing happening included; null where it has no name. */
export function playedBackwards(index: number): number | null {
  if (index === trainingActions.length) return index;
  return alikeInFrames[index]!.find((other) => other !== index) ?? null;
}

/** Ways to say that nothing in particular happens: one more class in training, and what background texts are made of. */
export const idlePhrases: readonly string[] = [
  'standing still',
  'standing and waiting',
  'doing nothing',
  'looking around',
  'nothing happening',
  'waiting around',
];

/** Sentences around a phrase, `{}`. */
export const captionTemplates: readonly string[] = [
  '{}',
  'a video of {}',
  'a person {}',
  'a video of a person {}',
  'a person is {}',
  'a photo of a person {}',
  'somebody {}',
  'a video of a person doing {}',
];

export const captionOf = (phrase: string, template: string): string => template.replace('{}', phrase);

/** The one caption of an action, or of nothing happening (null), that training begins with. */
export const plainCaption = (action: WorldAction | null): string =>
  (action === null ? idlePhrases : action.phrases)[0]!;

/** A random caption of an action, or of nothing happening (null). */
export function randomCaption(random: SeededRandom, action: WorldAction | null): string {
  return captionOf(random.pick(action === null ? idlePhrases : action.phrases), random.pick(captionTemplates));
}

/** Every word of every caption that can occur: what the tokenizer reads as whole words. */
export function captionWords(): string[] {
  const texts = [...worldActions.flatMap((action) => action.phrases), ...idlePhrases, ...captionTemplates];
  return [
    ...new Set(
      texts.flatMap((text) =>
        text
          .replace('{}', ' ')
          .toLowerCase()
          .split(/[^a-z]+/),
      ),
    ),
  ]
    .filter((word) => word !== '')
    .toSorted();
}
