import { reportRow, type ReportRow } from './report-row.ts';

/** What is measured, and under which circumstances. */
export type Measured = Omit<ReportRow, 'mean' | 'std'>;

export interface Measurement {
  readonly about: Measured;
  readonly value: number;
}

/** Values of one measurement after the other, one per seed. */
export class Measurements {
  readonly #all: Measurement[] = [];

  add(about: Measured, value: number): void {
    this.#all.push({ about, value });
  }

  all(): readonly Measurement[] {
    return this.#all;
  }

  /** One row for all values of a measurement, in the order in which each was first measured. */
  rows(): ReportRow[] {
    const groups = Map.groupBy(this.#all, ({ about: { task, split, shots, method, metric } }) =>
      JSON.stringify([task, split, shots, method, metric]),
    );
    return [...groups.values()].map((group) =>
      reportRow(
        group[0]!.about,
        group.map(({ value }) => value),
      ),
    );
  }
}
