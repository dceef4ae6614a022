import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';

/** Frames from the first to one past the last. */
export interface FrameStretch {
  readonly startFrame: number;
  readonly endFrame: number;
}

/** Which parts of a video are played. */
export interface PlayedParts {
  /** The wanted ones, in order, apart from each other. */
  readonly wanted: readonly FrameStretch[];
  /** What happens between them: they are skipped, or run through at this speed. */
  readonly between: 'skip' | number;
}

/** The frames that spans, sorted by start, cover together. Pure. */
export function coveredFrames(table: FrameTable, spans: Iterable<Span>): FrameStretch[] {
  const stretches: FrameStretch[] = [];
  for (const span of spans) {
    const next = table.frameRange(span);
    const last = stretches.at(-1);
    if (last && next.startFrame <= last.endFrame) {
      if (next.endFrame > last.endFrame) stretches[stretches.length - 1] = { ...last, endFrame: next.endFrame };
    } else stretches.push(next);
  }
  return stretches;
}

/** The frames that `stretches` leave out. Pure. */
export function framesBetween(stretches: readonly FrameStretch[], frameCount: number): FrameStretch[] {
  const edges = [0, ...stretches.flatMap(({ startFrame, endFrame }) => [startFrame, endFrame]), frameCount];
  const gaps: FrameStretch[] = [];
  for (let at = 0; at < edges.length; at += 2) {
    const [startFrame, endFrame] = [edges[at]!, edges[at + 1]!];
    if (endFrame > startFrame) gaps.push({ startFrame, endFrame });
  }
  return gaps;
}

/** How many stretches begin at `frame` or before. */
function begunBy(stretches: readonly FrameStretch[], frame: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.startFrame <= frame) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether `frame` is in a wanted part. */
export function isWanted({ wanted }: PlayedParts, frame: number): boolean {
  const stretch = wanted[begunBy(wanted, frame) - 1];
  return stretch !== undefined && frame < stretch.endFrame;
}

/**
 * Where parts are skipped, what to do when `frame` is on screen while playing in `direction`: go on (null), jump to a
 * frame and go on, or stop on a frame. Pure.
 */
export function atFrameOfParts(
  parts: PlayedParts,
  frame: number,
  direction: 1 | -1,
): { readonly kind: 'jump' | 'stop'; readonly frame: number } | null {
  const { wanted, between } = parts;
  if (between !== 'skip' || wanted.length === 0) return null;
  const inside = isWanted(parts, frame);
  if (inside && isWanted(parts, frame + direction)) return null;
  const begun = begunBy(wanted, frame);
  const next = direction > 0 ? wanted[begun] : wanted[begun - (inside ? 2 : 1)];
  if (next) return { kind: 'jump', frame: direction > 0 ? next.startFrame : next.endFrame - 1 };
  // Beyond the last of them there is nothing to go on to.
  const edge = direction > 0 ? wanted.at(-1)!.endFrame - 1 : wanted[0]!.startFrame;
  return { kind: 'stop', frame: inside ? frame : edge };
}

/** The speed at `frame` where `speed` is that of the wanted parts: what lies between is never played slower. Pure. */
export const speedAt = (parts: PlayedParts, frame: number, speed: number): number =>
  parts.between === 'skip' || isWanted(parts, frame) ? speed : Math.max(speed, parts.between);
