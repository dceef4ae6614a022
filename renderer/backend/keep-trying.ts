import { create } from 'zustand';
import { useConnection, type Connection } from './connection.ts';
import { failureOf } from './failures.ts';

/** How many edits wait for the backend to answer again. */
export const useWaiting = create<{ readonly edits: number }>(() => ({ edits: 0 }));

/** Edits of which a second one does nothing that the first did not: they may be sent again unheard. */
const repeatable: ReadonlySet<string> = new Set([
  'segments.update',
  'segments.move',
  'segments.remove',
  'reviews.set',
  'classes.update',
  'splits.assign',
  'projects.changeSettings',
  'studio.changeSettings',
]);

/** Milliseconds before the `attempt`-th new try (from 0): doubling from a quarter second to five seconds. */
export const reconnectDelayMs = (attempt: number): number => Math.min(250 * 2 ** attempt, 5_000);

const untilConnected = async (): Promise<void> =>
  new Promise((resolve) => {
    const look = ({ connection }: { readonly connection: Connection }): void => {
      if (connection === 'lost') return;
      stop();
      resolve();
    };
    const stop = useConnection.subscribe(look);
    look(useConnection.getState());
  });

/**
 * Asks until the backend has been heard; a refusal is an answer, and rejects. `alreadyDone` is asked before each new
 * try: the last one may have arrived though its answer did not.
 */
export async function askUntilHeard<Answer>(
  ask: () => Promise<Answer>,
  alreadyDone: () => Promise<Answer | undefined> = async () => undefined,
): Promise<Answer> {
  let waits = false;
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const done = attempt > 0 ? await alreadyDone() : undefined;
        return done ?? (await ask());
      } catch (error) {
        if (failureOf(error).code !== 'unreachable') throw error;
        if (!waits) useWaiting.setState(({ edits }) => ({ edits: edits + 1 }));
        waits = true;
        await new Promise((resolve) => setTimeout(resolve, reconnectDelayMs(attempt)));
        await untilConnected();
      }
    }
  } finally {
    if (waits) useWaiting.setState(({ edits }) => ({ edits: edits - 1 }));
  }
}

/** Asks until heard where `path` names an edit that may be repeated, otherwise once. */
export const keepTrying = async <Answer>(path: readonly string[], ask: () => Promise<Answer>): Promise<Answer> =>
  repeatable.has(path.join('.')) ? askUntilHeard(ask) : ask();
