/** Less than that is no other picture. */
const leastChange = 0.05;
/** What moves within a shot changes about as much from each picture to the next; a cut so many times as much. */
const leastContrast = 4;

/**
 * Which of the changes from picture to picture is a cut: the largest, where it stands out from the usual one. Null where
 * none does: the picture changes by and by, or not at all.
 */
export function strongestCut(changes: readonly number[]): number | null {
  const usual = changes.toSorted((a, b) => a - b)[changes.length >> 1] ?? 0;
  const largest = Math.max(0, ...changes);
  return largest >= Math.max(leastChange, usual * leastContrast) ? changes.indexOf(largest) : null;
}
