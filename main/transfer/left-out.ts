import type { RowWithReason } from '#preload/domain/new-segment.ts';
import { someOf } from '#preload/domain/said-lists.ts';
import { english, say, type SaidValue, type Saying, type Told } from '#preload/domain/saying.ts';

/** Places of rows: some of them to name, and the count of all. */
export class Places {
  readonly some: Told[] = [];
  count = 0;

  add(place: Told): void {
    this.count += 1;
    if (this.some.length < mostRows) this.some.push(place);
  }

  get named(): SaidValue {
    return someOf(this.some, this.count);
  }
}

/** Rows that are left out for one reason. */
interface Kind {
  readonly reason: Saying;
  readonly places: Places;
}

/** Rows that do not go in, with the reason; each reason becomes one warning. */
export class LeftOut {
  readonly #kinds = new Map<string, Kind>();

  add(place: Told, reason: Saying): void {
    const known = this.#kinds.get(english(reason));
    const kind = known ?? this.#kindOf(this.#kinds.size < mostKinds ? reason : others);
    kind.places.add(place);
  }

  #kindOf(reason: Saying): Kind {
    const key = english(reason);
    const kind = this.#kinds.get(key) ?? { reason, places: new Places() };
    this.#kinds.set(key, kind);
    return kind;
  }

  /** Every row with its reason, as many as a person could look at. */
  get rows(): RowWithReason[] {
    return [...this.#kinds.values()]
      .flatMap(({ reason, places: { some } }) => some.map((place) => ({ place, reason })))
      .slice(0, mostRows);
  }

  get warnings(): Saying[] {
    return [...this.#kinds.values()].map(({ reason, places }) =>
      say('{{count}} segments were left out: {{reason}} ({{places}}).', {
        count: places.count,
        one: '{{count}} segment was left out: {{reason}} ({{places}}).',
        reason,
        places: places.named,
      }),
    );
  }
}

/** So many rows are listed. */
export const mostRows = 1000;
const others = say('other faults');
/** Where a reason names what the row says, there may be as many as rows. */
const mostKinds = 100;
