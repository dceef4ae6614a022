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
}

/** Whether a metric is a share of something, from 0 to 1; the others are ranks. */
export const isShare = (metric: string): boolean => metric !== 'MedR';

/** Mean and (population) standard deviation as a row. */
export function reportRow(about: Omit<ReportRow, 'mean' | 'std'>, values: readonly number[]): ReportRow {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const rounded = (value: number): number => Number(value.toFixed(4));
  return { ...about, mean: rounded(mean), std: rounded(Math.sqrt(variance)) };
}
