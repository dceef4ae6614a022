/** Places of rows: some of them to name, and the count of all. */
export class Places {
  readonly some: string[] = [];
  count = 0;

  add(place: string): void {
    this.count += 1;
    if (this.some.length < mostRows) this.some.push(place);
  }

  toString(): string {
    return someOf(this.some, this.count);
  }
}

/** Rows that do not go in, with the reason; each reason becomes one warning. */
export class LeftOut {
  readonly #kinds = new Map<string, Places>();

  add(place: string, reason: string): void {
    const kind = this.#kinds.has(reason) || this.#kinds.size < mostKinds ? reason : 'other faults';
    const places = this.#kinds.get(kind) ?? new Places();
    places.add(place);
    this.#kinds.set(kind, places);
  }

  /** Every row with its reason, as many as a person could look at. */
  get rows(): { place: string; reason: string }[] {
    return [...this.#kinds]
      .flatMap(([reason, { some }]) => some.map((place) => ({ place, reason })))
      .slice(0, mostRows);
  }

  get warnings(): string[] {
    return [...this.#kinds].map(
      ([reason, places]) => `${segmentCount(places.count)} left out: ${reason} (${String(places)}).`,
    );
  }
}

/** So many rows are listed. */
export const mostRows = 1000;
const namedAtOnce = 12;
/** Where a reason names what the row says, there may be as many as rows. */
const mostKinds = 100;

export const segmentCount = (count: number): string =>
  count === 1 ? '1 segment was' : `${count.toLocaleString('en')} segments were`;

/** A few names, and how many more there are. */
export function someOf(names: readonly string[], count = names.length): string {
  const more = count - namedAtOnce;
  return more > 1
    ? `${names.slice(0, namedAtOnce).join('; ')} and ${more.toLocaleString('en')} more`
    : names.join('; ');
}
