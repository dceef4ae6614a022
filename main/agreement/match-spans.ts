import { temporalIoU, type Span } from '#preload/domain/span.ts';

export interface LabelledSpan extends Span {
  readonly classId: number;
}

export interface SpanPair {
  readonly a: number;
  readonly b: number;
  readonly tIoU: number;
}

/**
 * Pairs of spans of two annotators, or of what was there and what comes, each in at most one: the best overlap first, as long as it is at least `tIoU`.
 * Exchanging the two exchanges the pairs. Where no two spans of one annotator overlap, no other choice at a tIoU of 0.5 or
 * more finds more pairs.
 * @returns indices into both lists, best first
 */
export function matchSpans(
  a: readonly LabelledSpan[],
  b: readonly LabelledSpan[],
  tIoU: number,
  isAllowed: (one: LabelledSpan, other: LabelledSpan) => boolean = (one, other) => one.classId === other.classId,
): SpanPair[] {
  const inOrder = b.map((span, index) => ({ span, index })).sort((x, y) => x.span.startUs - y.span.startUs);
  const possible: SpanPair[] = [];
  for (const [index, one] of a.entries()) {
    for (const { span: other, index: at } of inOrder) {
      if (other.startUs >= one.endUs) break;
      const overlap = isAllowed(one, other) ? temporalIoU(one, other) : 0;
      if (overlap > 0 && overlap >= tIoU) possible.push({ a: index, b: at, tIoU: overlap });
    }
  }
  const startOf = (pair: SpanPair): number => a[pair.a]!.startUs + b[pair.b]!.startUs;
  const endOf = (pair: SpanPair): number => a[pair.a]!.endUs + b[pair.b]!.endUs;
  possible.sort((x, y) => y.tIoU - x.tIoU || startOf(x) - startOf(y) || endOf(x) - endOf(y));
  const [usedA, usedB] = [new Set<number>(), new Set<number>()];
  return possible.filter((pair) => {
    if (usedA.has(pair.a) || usedB.has(pair.b)) return false;
    usedA.add(pair.a);
    usedB.add(pair.b);
    return true;
  });
}
