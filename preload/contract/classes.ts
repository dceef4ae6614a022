import { oc } from '@orpc/contract';
import { z } from 'zod';
import { actionClass } from '../domain/action-class.ts';
import { seenClass } from '../domain/seen.ts';

/** `open`: proposals that score enough to be shown. */
export const countedClass = actionClass.extend({
  counts: z.object({ proposed: z.int(), open: z.int(), accepted: z.int() }),
});

export const classes = {
  /** In order of position; removed ones left out. */
  list: oc.output(z.array(countedClass)),
  /** Works at once: stored features are scored against the new name. Colour and key are given if left out. */
  add: oc
    .input(z.object({ name: actionClass.shape.name, prompt: actionClass.shape.prompt.optional() }))
    .output(actionClass),
  update: oc
    .input(
      z.object({
        classId: z.int(),
        seen: seenClass.optional(),
        name: actionClass.shape.name.optional(),
        prompt: actionClass.shape.prompt.optional(),
        colour: actionClass.shape.colour.optional(),
        digitKey: actionClass.shape.digitKey.optional(),
        position: actionClass.shape.position.optional(),
      }),
    )
    .output(actionClass),
  /** Every segment of `from` becomes one of `into`; `from` is removed. */
  merge: oc.input(z.object({ from: z.int(), into: z.int() })).output(z.void()),
  remove: oc.input(z.object({ classId: z.int(), seen: seenClass.optional() })).output(z.void()),
};
