import type { Told } from '#preload/domain/saying.ts';
interface StateEvent {
  readonly place: Told;
  /** What a state is told apart by: of one key, every second event ends what the one before began. */
  readonly key: string;
  readonly timeS: number;
  readonly comment: string;
  /** Who acts; left out or empty: nobody is named. */
  readonly subject?: string | undefined;
}

interface PairedEvents {
  readonly start: StateEvent;
  readonly end: StateEvent;
}

/** States from the events that begin and end them, in the order of their times; `open` are those that never end. */
export function pairEvents(events: readonly StateEvent[]): {
  readonly pairs: readonly PairedEvents[];
  readonly open: readonly StateEvent[];
} {
  const running = new Map<string, StateEvent>();
  const pairs: PairedEvents[] = [];
  for (const event of events.toSorted((a, b) => a.timeS - b.timeS)) {
    const start = running.get(event.key);
    if (start === undefined) running.set(event.key, event);
    else {
      running.delete(event.key);
      pairs.push({ start, end: event });
    }
  }
  return { pairs, open: [...running.values()] };
}
