/** Rows that do not go in, with the reason; each reason becomes one warning. */
export class LeftOut {
  readonly #placesOf = new Map<string, string[]>();
  #count = 0;

  add(place: string, reason: string): void {
    const places = this.#placesOf.get(reason) ?? [];
    places.push(place);
    this.#placesOf.set(reason, places);
    this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }

  /** Every row with its reason, as many as a person could look at. */
  get rows(): { place: string; reason: string }[] {
    return [...this.#placesOf]
      .flatMap(([reason, places]) => places.slice(0, mostRows).map((place) => ({ place, reason })))
      .slice(0, mostRows);
  }

  get warnings(): string[] {
    return [...this.#placesOf].map(
      ([reason, places]) => `${segmentCount(places.length)} left out: ${reason} (${someOf(places)}).`,
    );
  }
}

/** So many rows are listed. */
export const mostRows = 1000;
const namedAtOnce = 12;

export const segmentCount = (count: number): string =>
  count === 1 ? '1 segment was' : `${count.toLocaleString('en')} segments were`;

/** A few names, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const more = names.length - namedAtOnce;
  return more > 1
    ? `${names.slice(0, namedAtOnce).join('; ')} and ${more.toLocaleString('en')} more`
    : names.join('; ');
}
