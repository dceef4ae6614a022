import type { Span } from '#preload/domain/span.ts';

/** Windows of one length, each so much after the one before. */
export interface WindowPlan {
  readonly lengthUs: number;
  readonly strideUs: number;
  /** What becomes of a window that reaches over the end. */
  readonly last: 'drop' | 'cut';
}

/** How many windows `fixedWindows` answers, counted without making them. Pure. */
export function countWindows({ startUs, endUs }: Span, { lengthUs, strideUs, last }: WindowPlan): number {
  const roomUs = endUs - startUs - (last === 'cut' ? 1 : lengthUs);
  return roomUs < 0 ? 0 : Math.floor(roomUs / strideUs) + 1;
}

/** The windows of a span from its start on. Pure. */
export function fixedWindows(span: Span, plan: WindowPlan): Span[] {
  return Array.from({ length: countWindows(span, plan) }, (_, index) => {
    const startUs = span.startUs + index * plan.strideUs;
    return { startUs, endUs: Math.min(startUs + plan.lengthUs, span.endUs) };
  });
}
