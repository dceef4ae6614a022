import { attribute } from '#preload/domain/attribute.ts';
import { z } from 'zod';

/** An attribute as files of ours define it, in JSON. */
export const toldAttribute = attribute
  .pick({ name: true, kind: true, options: true, required: true })
  .extend({ classes: z.array(z.string()).nullable() });
