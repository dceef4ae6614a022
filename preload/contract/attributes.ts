import { oc } from '@orpc/contract';
import { z } from 'zod';
import { attribute, renamedOptions } from '../domain/attribute.ts';
import { seenAttribute } from '../domain/seen.ts';

const { name, kind, options, required, classIds, position } = attribute.shape;

const wish = z.object({
  name,
  kind,
  options: options.default([]),
  required: required.default(false),
  classIds: classIds.default(null),
});
export type AttributeWish = z.infer<typeof wish>;

const change = z.object({
  name: name.optional(),
  kind: kind.optional(),
  options: options.optional(),
  required: required.optional(),
  classIds: classIds.optional(),
  position: position.optional(),
  /** Options that get another name, by the old one: the segments' values go with them. */
  renamed: renamedOptions.optional(),
  /** What becomes of values that it can no longer have. Refused, the failure's details tell how many have each. */
  unfit: z.enum(['refuse', 'clear']).optional(),
});
export type AttributeChange = z.infer<typeof change>;

export const attributes = {
  /** In order of position; removed ones left out. */
  list: oc.output(z.array(attribute)),
  add: oc.input(wish).output(attribute),
  update: oc.input(change.extend({ attributeId: z.int(), seen: seenAttribute.optional() })).output(attribute),
  /** How many segments have a value of it. */
  uses: oc.input(z.object({ attributeId: z.int() })).output(z.object({ segments: z.int() })),
  /** Its values go out of sight with it, and undo brings both back. */
  remove: oc.input(z.object({ attributeId: z.int(), seen: seenAttribute.optional() })).output(z.void()),
};
