import type { Segment } from '#preload/domain/segment.ts';

/** Segments that merging would make one, in order of start, and how much unlabelled time between them it would fill. */
export interface MergeChoice {
  readonly together: readonly Segment[];
  readonly gapUs: number;
}

/**
 * What merging means: the chosen segments; of a single one with all of its class that touch it, or each other from it on
 * either side, and where none does with the next of its class. Null where there is nothing to merge. Pure.
 */
export function mergeChoice(chosen: readonly Segment[], shown: readonly Segment[]): MergeChoice | null {
  const [first] = chosen;
  if (first === undefined || chosen.some((each) => each.classId !== first.classId)) return null;
  const together = chosen.length > 1 ? chosen : withNeighbours(first, shown);
  if (together.length < 2) return null;
  const inOrder = together.toSorted((a, b) => a.startUs - b.startUs || a.id - b.id);
  let [gapUs, endUs] = [0, inOrder[0]!.endUs];
  for (const segment of inOrder) {
    gapUs += Math.max(0, segment.startUs - endUs);
    endUs = Math.max(endUs, segment.endUs);
  }
  return { together: inOrder, gapUs };
}

function withNeighbours(one: Segment, shown: readonly Segment[]): readonly Segment[] {
  const others = shown
    .filter(({ id, classId, state }) => id !== one.id && classId === one.classId && state !== 'rejected')
    .toSorted((a, b) => a.startUs - b.startUs);
  const together = [one];
  let { startUs, endUs } = one;
  const take = (other: Segment): void => {
    if (other.endUs < startUs || other.startUs > endUs) return;
    together.push(other);
    [startUs, endUs] = [Math.min(startUs, other.startUs), Math.max(endUs, other.endUs)];
  };
  // Backwards from where it starts, then onwards from where it ends.
  others
    .filter((other) => other.startUs < one.startUs)
    .toReversed()
    .forEach(take);
  others.filter((other) => other.startUs >= one.startUs).forEach(take);
  if (together.length > 1) return together;
  const next = others.find((other) => other.startUs >= one.endUs);
  return next === undefined ? together : [one, next];
}
