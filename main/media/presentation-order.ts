import { Frame } from 'node-av/lib';
import { ticksOrNull } from './ffmpeg.ts';

/** The container time at which a decoded frame is shown, in ticks. */
export const presentationTicks = (frame: Frame): bigint => ticksOrNull(frame.pts) ?? frame.bestEffortTimestamp;

/**
 * The same frames in the order of their times. Decoders give them so already, but for one case: FFmpeg's MPEG-4 decoder
 * passes on a "not coded" frame at once, before the delayed frame that it repeats. Frames are lent, as by the decoder.
 */
export async function* inPresentationOrder(frames: AsyncIterable<Frame>): AsyncGenerator<Frame> {
  using waiting = new Frame();
  waiting.alloc();
  let holds = false;
  for await (const frame of frames) {
    if (holds && presentationTicks(frame) < presentationTicks(waiting)) {
      yield frame;
      continue;
    }
    if (holds) yield waiting;
    waiting.unref();
    waiting.ref(frame);
    holds = true;
  }
  if (holds) yield waiting;
}
