/**
 * How many small pictures are fetched at once, all panels together. A browser opens six connections to one host at most;
 * the stream of changes and the player hold two of them, and calls must never wait behind pictures.
 */
const slotCount = 3;

let free = slotCount;
const waiting: (() => void)[] = [];

/**
 * A turn to fetch one picture; the latest to ask comes first, since it is what a person scrolled to last. Answers how
 * to give the turn back (once is enough, more is harmless). Rejects where `signal` aborts before the turn is taken.
 */
export async function pictureSlot(signal: AbortSignal): Promise<() => void> {
  if (free > 0) free -= 1;
  else await turn(signal);
  let held = true;
  const giveBack = (): void => {
    if (!held) return;
    held = false;
    const next = waiting.pop();
    if (next) next();
    else free += 1;
  };
  // Aborted between its turn coming up and this line.
  if (signal.aborted) {
    giveBack();
    throw signal.reason;
  }
  return giveBack;
}

function turn(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      waiting.splice(waiting.indexOf(start), 1);
      reject(signal.reason as Error);
    };
    const start = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    signal.addEventListener('abort', leave, { once: true });
    waiting.push(start);
  });
}
