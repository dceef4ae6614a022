import type { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

/** What a project's database says where no Cuepoint can have written it. `what` completes "… holds". */
export const strangeRow = (what: string, options?: ErrorOptions): Failure =>
  new Failure(
    'unreadable-project',
    say(
      'The project\'s database holds {{what}}: "cuepoint check <project>" tells all that is wrong with it, and "--repair" mends what can be.',
      { what },
    ),
    {},
    options,
  );

/** A value that is stored as JSON. Fails with `unreadable-project` where it is none, or not of this form; `what` names it. */
export function readStored<Schema extends z.ZodType>(schema: Schema, json: string, what: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(json));
  } catch (cause) {
    throw strangeRow(`${what} that cannot be read`, { cause });
  }
}

/** The same for what is read too often to look at each part; the check of a project looks at all of it. */
export function readStoredPlainly(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw strangeRow(`${what} that cannot be read`, { cause });
  }
}
