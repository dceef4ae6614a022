import { isSameRun } from '#preload/domain/training-run.ts';
import type { TuningPoint } from '#preload/domain/tuning.ts';

/** As many points as a chart can show, and a little more. */
const mostPoints = 1_200;

/** The curve of the tuning that runs, or ran last: kept here, so that a page opened in the middle sees all of it. */
export class TrainingCurve {
  #jobId: number | null = null;
  #points: TuningPoint[] = [];
  #count = 0;

  /** A tuning begins, or begins anew. */
  begin(jobId: number): void {
    this.#jobId = jobId;
    this.#points = [];
    this.#count = 0;
  }

  /** Answers which point this is, from 0. */
  add(point: TuningPoint): number {
    this.#points.push(point);
    if (this.#points.length > mostPoints) this.#points = everySecond(this.#points);
    return this.#count++;
  }

  /** The points of a job, and how many there were before they were thinned; nothing for any other job. */
  of(jobId: number): { readonly count: number; readonly points: TuningPoint[] } {
    return jobId === this.#jobId ? { count: this.#count, points: [...this.#points] } : { count: 0, points: [] };
  }
}

/** Half of the points; the last of each run stays. */
const everySecond = (points: readonly TuningPoint[]): TuningPoint[] =>
  points.filter((point, index) => {
    const next = points[index + 1];
    return index % 2 === 0 || next === undefined || !isSameRun(next.run, point.run);
  });
