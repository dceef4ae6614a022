import { Failure } from '#preload/domain/failure.ts';
import { told, type Told } from '#preload/domain/saying.ts';

/** Why something failed; of a session that did not open, the reason alone: a trial names its provider itself. */
export function reasonOf(error: unknown): Told {
  if (error instanceof Failure) return told.safeParse(error.details['reason']).data ?? error.said;
  return error instanceof Error ? error.message : String(error);
}
