import { isSameRun, runName, runWords } from '#preload/domain/training-run.ts';
import type { TuningPoint } from '#preload/domain/tuning.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { decimal } from '../../ui/quantities.ts';

/** One training of a curve, on the steps of all of them; null where it has no point. */
export interface RunSeries {
  readonly label: string;
  /** Trained with some corrections held back, to be examined on those; the others were trained on everything. */
  readonly heldBack: boolean;
  readonly losses: readonly (number | null)[];
}

/** A training learns names first, then where segments begin and end: two losses that cannot share an axis. Pure. */
export function curveParts(points: readonly TuningPoint[]): {
  readonly names: readonly TuningPoint[];
  readonly edges: readonly TuningPoint[];
} {
  const isEdge = ({ run }: TuningPoint): boolean => run.learns === 'boundaries';
  return { names: points.filter((point) => !isEdge(point)), edges: points.filter(isEdge) };
}

/** The runs of a curve side by side, as a chart wants them: steps ascending, runs in the order of their training. Pure. */
export function curveSeries(points: readonly TuningPoint[]): {
  readonly steps: readonly number[];
  readonly runs: readonly RunSeries[];
} {
  const steps = [...new Set(points.map(({ step }) => step))].sort((a, b) => a - b);
  const place = new Map(steps.map((step, index) => [step, index]));
  const runs = new Map<string, RunSeries & { readonly losses: (number | null)[] }>();
  for (const { run, step, loss } of points) {
    const name = runName(run);
    const label = said(runWords(run));
    let series = runs.get(name);
    if (!series) runs.set(name, (series = { label, heldBack: run.without !== null, losses: steps.map(() => null) }));
    series.losses[place.get(step)!] = loss;
  }
  return { steps, runs: [...runs.values()] };
}

/** The curve in a sentence, for people who listen: where the latest run began and where it stands. Pure. */
export function curveWords(points: readonly TuningPoint[]): string {
  const last = points.at(-1);
  if (!last) return t('No step has been taken yet.');
  const first = points.find(({ run }) => isSameRun(run, last.run))!;
  return t('Loss of {{name}}: {{loss}} at step {{step}}, {{loss2}} at step {{step2}}.', {
    name: said(runWords(last.run)),
    loss: decimal(first.loss, 2),
    step: first.step,
    loss2: decimal(last.loss, 2),
    step2: last.step,
  });
}
