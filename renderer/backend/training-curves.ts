import { create } from 'zustand';
import type { TuningPoint } from '#preload/domain/tuning.ts';

/** As many points of one job as a chart can show, and a little more. */
const mostPoints = 1_200;
/** Steps of a small model come faster than anybody looks. */
const restMs = 150;
/** The running job and the one before it, whose curve may still be looked at. */
const keptJobs = 2;

/** The curves of trainings seen since the window was opened, by job. */
export const useTrainingCurves = create<{ readonly curves: ReadonlyMap<number, readonly TuningPoint[]> }>(() => ({
  curves: new Map(),
}));

/** The curve of one job as far as it was seen; empty for an unknown one. */
export const useTrainingCurve = (jobId: number | null): readonly TuningPoint[] =>
  useTrainingCurves(({ curves }) => (jobId === null ? undefined : curves.get(jobId)) ?? nothingYet);
const nothingYet: readonly TuningPoint[] = [];

/**
 * `curve` with `points` behind it. A run that goes back in its steps means that the job began again, so that what was
 * before is dropped; of a curve that grows too long, every second point stays. Pure.
 */
export function extendCurve(
  curve: readonly TuningPoint[],
  points: readonly TuningPoint[],
  most = mostPoints,
): readonly TuningPoint[] {
  let extended = [...curve];
  const lastSteps = new Map(extended.map(({ run, step }) => [run, step]));
  for (const point of points) {
    if (point.step <= (lastSteps.get(point.run) ?? -1)) {
      extended = [];
      lastSteps.clear();
    }
    extended.push(point);
    lastSteps.set(point.run, point.step);
  }
  const runCount = new Set(extended.map(({ run }) => run)).size;
  while (extended.length > most && runCount * 2 < most) {
    extended = extended.filter((point, index) => index % 2 === 0 || extended[index + 1]?.run !== point.run);
  }
  return extended;
}

let waiting = new Map<number, TuningPoint[]>();

/** Takes up a point of a running training; the store follows a moment later, with all that came meanwhile. */
export function acceptTrainingPoint(jobId: number, point: TuningPoint): void {
  if (waiting.size === 0) setTimeout(flush, restMs);
  waiting.set(jobId, [...(waiting.get(jobId) ?? []), point]);
}

function flush(): void {
  const arrived = waiting;
  waiting = new Map();
  useTrainingCurves.setState(({ curves }) => {
    const next = new Map(curves);
    for (const [jobId, points] of arrived) next.set(jobId, extendCurve(next.get(jobId) ?? [], points));
    return { curves: new Map([...next].sort(([a], [b]) => b - a).slice(0, keptJobs)) };
  });
}
