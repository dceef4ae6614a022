import type { TaskProgress } from '../vocabulary.ts';

const leastMs = 100;

/** Passes on the first report, the last (`done` 1) and at most ten a second between. */
export function thinned(report: (progress: TaskProgress) => void): (progress: TaskProgress) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - lastMs < leastMs && progress.done < 1) return;
    lastMs = now;
    report(progress);
  };
}
