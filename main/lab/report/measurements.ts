import { reportRow, type ReportRow } from './report-row.ts';

/** The one method that targets are about: what the studio does by default with the corrections it is given. */
export const studioMethod = 'studio';

/** What is measured, and under which circumstances. */
export type Measured = Omit<ReportRow, 'mean' | 'std' | 'seeds' | 'studio'>;

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
    const keyOf = ({ task, split, shots, method, metric }: Measured): string =>
      JSON.stringify([task, split, shots, method, metric]);
    const groups = Map.groupBy(this.#all, ({ about }) => keyOf(about));
    return [...groups.values()].map((group) => {
      const [{ about }] = group as [Measurement];
      const values = group.map(({ value }) => value);
      const studio = about.method === studioMethod ? undefined : groups.get(keyOf({ ...about, method: studioMethod }));
      return reportRow(
        about,
        values,
        studio?.map(({ value }) => value),
      );
    });
  }
}
