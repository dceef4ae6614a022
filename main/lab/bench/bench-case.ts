/** One measurement. `ratio` is `ours / baseline`, both measured in the same run. */
export interface BenchRow {
  readonly case: string;
  readonly metric: string;
  readonly ours: number;
  /** What `ours` is held against; null where it stands alone. */
  readonly baseline: number | null;
  readonly ratio: number | null;
}

export interface BenchContext {
  /** A folder that stays between runs, for what is slow to make. */
  readonly cacheFolder: string;
  /** A folder that is removed after the run. */
  readonly scratchFolder: string;
  /** Hours of the archives, ascending, where a case has several sizes of them; null for its own. */
  readonly hours: readonly number[] | null;
  /** Of what is made up, where a case makes something up; 0 where none is given. */
  readonly seed: number;
  /** Says what is going on, on standard error. */
  readonly say: (line: string) => void;
}

/** A named benchmark: one file in `cases/`, listed in `bench.ts`. */
export interface Bench {
  readonly name: string;
  run(context: BenchContext): Promise<BenchRow[]>;
}

/** A row that stands alone. */
export const measured = (name: string, metric: string, ours: number): BenchRow => ({
  case: name,
  metric,
  ours: rounded(ours),
  baseline: null,
  ratio: null,
});

/** A row that is held against a baseline. */
export const compared = (name: string, metric: string, ours: number, baseline: number): BenchRow => ({
  case: name,
  metric,
  ours: rounded(ours),
  baseline: rounded(baseline),
  ratio: rounded(ours / baseline),
});

/** Hours of archives that are searched and scored again, where none are asked for. */
export const archiveHours: readonly number[] = [10, 100, 1000];

/** What was measured in an archive of so many hours. */
export interface AtHours {
  readonly hours: number;
  readonly value: number;
}

/** With which power of the hours something grew: 0 where it stayed as it was, 1 where ten times the hours took ten times as much. */
export const growth = (name: string, what: string, from: AtHours, to: AtHours): BenchRow =>
  measured(
    name,
    `power of the hours with which ${what} grew from ${from.hours} h`,
    Math.log(to.value / from.value) / Math.log(to.hours / from.hours),
  );

/** What stands in the middle of figures in order; of an even number of them the upper one. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value that a `share` of them is below. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(Math.floor(share * values.length), values.length - 1)]!;

/** Four significant digits: no run is more precise than that. */
const rounded = (value: number): number => Number(value.toPrecision(4));
