import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';
import { openFrameSource } from './frame-source.ts';
import { strongestCut } from './strongest-cut.ts';

/** Enough to tell two shots apart, and quickly compared. */
const widthPx = 64;

/** When the frame begins that cuts to another shot within a span; null where none does. Fails as `openFrameSource` does. */
export async function findCut(
  file: string,
  table: FrameTable,
  { startUs, endUs }: Span,
  signal?: AbortSignal,
): Promise<number | null> {
  const first = table.frameAt(startUs);
  const indices = Array.from({ length: table.frameAt(endUs) - first + 1 }, (_, index) => first + index);
  await using source = await openFrameSource(file, table, { maxWidth: widthPx, ...(signal && { signal }) });
  const changes: number[] = [];
  let before: Uint8Array | null = null;
  for await (const lent of source.framesAtIndices(indices)) {
    using frame = lent;
    if (before !== null) changes.push(meanDifference(before, frame.rgb));
    before = frame.rgb.slice();
  }
  const cut = strongestCut(changes);
  return cut === null ? null : table.startUs(first + cut + 1);
}

/** Of pictures of one size, 0 (the same) to 1. */
function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += Math.abs(one[index]! - other[index]!);
  return sum / (255 * Math.max(1, one.length));
}
