import type { Change, ChangedCounts, ChangedRows } from '#preload/contract/changes.ts';

/** More waiting changes than this mean that the reader is gone or stuck. */
const longestQueue = 5000;

/** Tells every subscriber what changed. Waiting changes of one thing melt into one, so a slow reader holds up nothing. */
export class ChangeBus {
  readonly #subscribers = new Set<(change: Change) => void>();

  publish(change: Change): void {
    for (const subscriber of this.#subscribers) subscriber(change);
  }

  /** Calls `listener` for every change from now on; answers how to stop. */
  listen(listener: (change: Change) => void): () => void {
    this.#subscribers.add(listener);
    return () => this.#subscribers.delete(listener);
  }

  /** Every change from the call on, until `signal` aborts or the reader falls hopelessly behind (it then reconnects and refetches). */
  stream(signal: AbortSignal | undefined): AsyncGenerator<Change, void, void> {
    const waiting = new Map<string, Change>();
    let wake = Promise.withResolvers<void>();
    let isOver = signal?.aborted ?? false;
    const stop = this.listen((change) => {
      const key = keyOf(change);
      const earlier = waiting.get(key);
      waiting.set(key, earlier === undefined ? change : melt(earlier, change));
      if (waiting.size > longestQueue) end();
      wake.resolve();
    });
    const end = () => {
      isOver = true;
      stop();
      wake.resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
    const read = async function* (): AsyncGenerator<Change, void, void> {
      try {
        while (!isOver) {
          await wake.promise;
          wake = Promise.withResolvers<void>();
          // Map iterators see what is added and replaced meanwhile, so the latest of each thing is told.
          for (const [key, change] of waiting) {
            if (isOver) return;
            waiting.delete(key);
            yield change;
          }
        }
      } finally {
        end();
        signal?.removeEventListener('abort', end);
      }
    };
    return read();
  }
}

const keyOf = (change: Change): string => (change.topic === 'job' ? `job:${change.job.id}` : change.topic);

function melt(earlier: Change, later: Change): Change {
  if (earlier.topic === 'counts' && later.topic === 'counts') return { topic: 'counts', ...meltCounts(earlier, later) };
  if (!('videoIds' in earlier) || !('videoIds' in later)) return later;
  // None named are all of them.
  if (later.topic === 'videos' && (earlier.videoIds.length === 0 || later.videoIds.length === 0))
    return { topic: 'videos', videoIds: [] };
  const videoIds = [...new Set([...earlier.videoIds, ...later.videoIds])];
  if (earlier.topic !== 'segments' || later.topic !== 'segments') return { ...later, videoIds };
  const rows = meltRows(earlier.rows, later.rows);
  return { topic: 'segments', videoIds, ...(rows && { rows }) };
}

/** Of what was counted twice, what was counted last. */
function meltCounts(earlier: ChangedCounts, later: ChangedCounts): ChangedCounts {
  const latest = <Row extends { readonly id: number }>(a: readonly Row[], b: readonly Row[]): Row[] => [
    ...new Map([...a, ...b].map((row) => [row.id, row])).values(),
  ];
  return { videos: latest(earlier.videos, later.videos), classes: latest(earlier.classes, later.classes) };
}

/** More rows than this are fetched anew sooner than told. */
const mostMeltedRows = 1000;

/** What two edits changed, one after the other; undefined where that is not to be said row by row. */
function meltRows(earlier: ChangedRows | undefined, later: ChangedRows | undefined): ChangedRows | undefined {
  if (earlier === undefined || later === undefined) return undefined;
  const latest = new Set([...later.removed, ...later.placed.map(({ id }) => id)]);
  const removed = [...earlier.removed.filter((id) => !latest.has(id)), ...later.removed];
  const placed = [...earlier.placed.filter(({ id }) => !latest.has(id)), ...later.placed];
  return removed.length + placed.length > mostMeltedRows ? undefined : { removed, placed };
}
