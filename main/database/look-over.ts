import { statSync } from 'node:fs';
import { say, type Saying } from '#preload/domain/saying.ts';
import { callOnThread, moduleBeside } from '../call-port/thread.ts';

/** What the thread that looks over a database is asked. */
export interface LookOverCalls {
  lookOver: {
    input: { readonly file: string };
    output: boolean;
  };
}

/** Bytes that are looked over sooner than a thread starts. */
const lookedOverAtOnce = 4 << 20;

const entry = moduleBeside(import.meta.filename, 'look-over-worker');

/**
 * Whether all that opening a large database looks for is well, found out on a thread while this one answers: the file is
 * whole, of this program's newest form, and its rows are possible. False also where it could not be looked at, and where
 * it is small: then opening looks itself, and says what is wrong.
 */
export async function isSoundBeside(file: string): Promise<boolean> {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < lookedOverAtOnce) return false;
  const stopped = (reason: string): Saying => say('{{file}} could not be looked over: {{reason}}.', { file, reason });
  return callOnThread<LookOverCalls>(entry, stopped, 'lookOver', { file }, {}).catch(() => false);
}
