import { useEffect } from 'react';
import { create } from 'zustand';
import type { Change } from '#preload/contract/changes.ts';
import { isSameRun, runName } from '#preload/domain/training-run.ts';
import type { TuningPoint } from '#preload/domain/tuning.ts';
import { backend } from './client.ts';

/** As many points of one job as a chart can show, and a little more. */
const mostPoints = 1_200;
/** Steps of a small model come faster than anybody looks. */
const restMs = 150;
/** The running job and the one before it, whose curve may still be looked at. */
const keptJobs = 2;

/** A curve as far as it is known: its points, thinned where they are many, and how many there were. */
export interface KnownCurve {
  readonly count: number;
  readonly points: readonly TuningPoint[];
}
export type NumberedPoint = Pick<Extract<Change, { topic: 'training' }>, 'index' | 'point'>;

const unknown: KnownCurve = { count: 0, points: [] };

/** The curves of trainings, by job. The backend has all of each; here is what it sent. */
export const useTrainingCurves = create<{ readonly curves: ReadonlyMap<number, KnownCurve> }>(() => ({
  curves: new Map(),
}));

/** The curve of one job from its first step on, also where the page was opened in the middle. */
export function useTrainingCurve(jobId: number): readonly TuningPoint[] {
  useEffect(() => void fetchCurve(jobId), [jobId]);
  return useTrainingCurves(({ curves }) => curves.get(jobId) ?? unknown).points;
}

/**
 * `curve` with `points` behind it. What it has already is left out, and the point of index 0 begins it anew; undefined
 * where points between are missing. Of a curve that grows too long, every second point stays. Pure.
 */
export function extendCurve(
  curve: KnownCurve,
  points: readonly NumberedPoint[],
  most = mostPoints,
): KnownCurve | undefined {
  let { count } = curve;
  let extended = [...curve.points];
  for (const { index, point } of points) {
    if (index === 0) {
      extended = [];
      count = 0;
    }
    if (index > count) return undefined;
    if (index < count) continue;
    extended.push(point);
    count += 1;
  }
  const runCount = new Set(extended.map(({ run }) => runName(run))).size;
  while (extended.length > most && runCount * 2 < most) {
    const all = extended;
    extended = all.filter((point, index) => {
      const next = all[index + 1];
      return index % 2 === 0 || next === undefined || !isSameRun(next.run, point.run);
    });
  }
  return { count, points: extended };
}

let waiting = new Map<number, NumberedPoint[]>();

/** Takes up a point of a running training; the store follows a moment later, with all that came meanwhile. */
export function acceptTrainingPoint({ jobId, index, point }: NumberedPoint & { readonly jobId: number }): void {
  if (waiting.size === 0) setTimeout(flush, restMs);
  waiting.set(jobId, [...(waiting.get(jobId) ?? []), { index, point }]);
}

function flush(): void {
  const arrived = waiting;
  waiting = new Map();
  for (const [jobId, points] of arrived) {
    const extended = extendCurve(useTrainingCurves.getState().curves.get(jobId) ?? unknown, points);
    if (extended) keep(jobId, extended);
    else void fetchCurve(jobId);
  }
}

/** After a lost connection: points were missed, and the trainings may have begun again. */
export const refetchTrainingCurves = (): void => {
  for (const jobId of useTrainingCurves.getState().curves.keys()) void fetchCurve(jobId);
};

/** Asks for all of a curve. Where that fails, the next point that comes shows the gap and asks again. */
async function fetchCurve(jobId: number): Promise<void> {
  const whole = await backend.tuning.runningCurve({ jobId }).catch(() => unknown);
  if (whole.count > 0) keep(jobId, whole);
}

const keep = (jobId: number, curve: KnownCurve): void =>
  useTrainingCurves.setState(({ curves }) => ({
    curves: new Map([...curves, [jobId, curve] as const].sort(([a], [b]) => b - a).slice(0, keptJobs)),
  }));
