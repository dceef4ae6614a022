/** One measured point of a report: the mean and standard deviation of a metric over seeds. */
export interface ReportRow {
  readonly task: string;
  readonly split: string;
  /** Labelled examples of each class. */
  readonly shots: number;
  readonly method: string;
  readonly metric: string;
  readonly mean: number;
  readonly std: number;
  /** On how many seeds it was measured. */
  readonly seeds: number;
  /** How much more the studio measures on the same films, seed by seed; absent for itself and where it was not measured. */
  readonly studio?: PairedDifference;
}

/** Mean of differences over seeds, and where it lies with 95 % confidence. */
export interface PairedDifference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Whether a metric is a share of something, from 0 to 1; the others are ranks. */
export const isShare = (metric: string): boolean => metric !== 'MedR';

const rounded = (value: number): number => Number(value.toFixed(4));
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and (population) standard deviation as a row. */
export function reportRow(
  about: Omit<ReportRow, 'mean' | 'std' | 'seeds' | 'studio'>,
  values: readonly number[],
  studio: readonly number[] | null = null,
): ReportRow {
  const mean = meanOf(values);
  const variance = meanOf(values.map((value) => (value - mean) ** 2));
  // Slow methods are measured on the first of the seeds alone.
  const paired = studio !== null && studio.length >= values.length && values.length > 1;
  return {
    ...about,
    mean: rounded(mean),
    std: rounded(Math.sqrt(variance)),
    seeds: values.length,
    ...(paired ? { studio: pairedDifference(studio.slice(0, values.length), values) } : {}),
  };
}

/** Student's t that 95 % of differences stay within, for 1, 2, … degrees of freedom. */
const widths = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
];
const widestSample = 1.96;

/** Of `ours − theirs`, value by value; at least two of each. */
export function pairedDifference(ours: readonly number[], theirs: readonly number[]): PairedDifference {
  const differences = ours.map((value, index) => value - theirs[index]!);
  const mean = meanOf(differences);
  const freedom = differences.length - 1;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom;
  const reach = (widths[freedom - 1] ?? widestSample) * Math.sqrt(variance / differences.length);
  return { mean: rounded(mean), low: rounded(mean - reach), high: rounded(mean + reach) };
}
