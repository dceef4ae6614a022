import { z } from 'zod';
import type { Command } from './command.ts';
import { isClassKeyId } from './class-keys.ts';
import { giveKeys, type OwnKeys } from './own-keys.ts';

/** A stroke as `strokeNames` spells it. */
const stroke = z
  .string()
  .max(40)
  .regex(/^(?:Mod\+)?(?:Alt\+)?(?:Shift\+)?(?:[^\s+]+|\+)$/);

/** A file of keys: those that differ from what the studio comes with, by command. */
const keyMapFile = z.object({
  cuepointKeys: z.literal(1),
  keys: z.record(z.string().max(300), z.array(stroke).max(8)),
});

/** What is written: readable, and the same for the same keys. Pure. */
export const keyMapText = (own: OwnKeys): string => {
  const keys = Object.fromEntries(Object.entries(own).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ cuepointKeys: 1, keys }, null, 2)}\n`;
};

/**
 * The own keys that a file says, each key with one command; those of commands that there are not are left out, those of
 * classes kept, since another project may have them. Null where it is no such file. Pure.
 */
export function readKeyMap(
  text: string,
  commands: readonly Command[],
): { readonly own: OwnKeys; readonly unknown: readonly string[] } | null {
  const file = keyMapFile.safeParse(parsed(text));
  if (!file.success) return null;
  const known = new Set(commands.map(({ id }) => id));
  const entries = Object.entries(file.data.keys);
  const elsewhere = entries.filter(([id]) => !known.has(id) && isClassKeyId(id));
  const own = entries
    .filter(([id]) => known.has(id))
    .reduce<OwnKeys>((before, [id, keys]) => giveKeys(commands, before, id, keys), {});
  return {
    own: { ...Object.fromEntries(elsewhere), ...own },
    unknown: entries.flatMap(([id]) => (known.has(id) || isClassKeyId(id) ? [] : [id])),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
