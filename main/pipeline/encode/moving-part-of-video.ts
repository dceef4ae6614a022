import type { FrameSource } from '#main/media/frame-source.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';
import { middle, MovingPart, type DecodedPicture } from './moving-part.ts';

/** Looks spread over a video: enough that one odd moment decides nothing, and no more than seconds of decoding. */
const mostLooks = 24;
const secondsPerLook = 5;
/** Long enough for a person to have moved, short enough for the same scene. */
const apartUs = 0.3 * microsecondsPerSecond;

/** Where along the longer side of a video's pictures it shows what moves, by a few looks spread over it. */
export async function movingPartOf(frames: Pick<FrameSource, 'framesAtIndices'>, table: FrameTable): Promise<number> {
  const startUs = table.startUs(0);
  const lengthUs = table.lastEndUs - startUs;
  const looks = Math.min(mostLooks, Math.max(1, Math.round(lengthUs / (secondsPerLook * microsecondsPerSecond))));
  const indices = Array.from({ length: looks }, (_, look) => {
    const atUs = startUs + ((look + 0.5) / looks) * lengthUs;
    return [table.frameAt(atUs), table.frameAt(Math.min(atUs + apartUs, table.lastEndUs - 1))];
  });
  const part = new MovingPart();
  let before: DecodedPicture | null = null;
  for await (using frame of frames.framesAtIndices(indices.flat())) {
    const { width, height } = frame;
    // A square is seen whole, and a file whose pictures change their size has no one place.
    if (width === height || (before !== null && before.width !== width)) return middle;
    if (before !== null) part.add(before, frame);
    before = before === null ? { rgb: frame.rgb.slice(), width, height } : null;
  }
  return part.place;
}
