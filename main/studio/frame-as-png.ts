import type { Engine } from '../engine/tasks.ts';
import type { IndexedMedia } from '../engine/vocabulary.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';

/** A frame at its own size, upright, pixel for pixel. Fails as decoding does, and with `bad-input` for no frame of it. */
export async function frameAsPng(
  engine: Pick<Engine, 'run'>,
  media: IndexedMedia,
  frame: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { frameCount } = FrameTable.fromArray(media.frames);
  if (frame >= frameCount) {
    throw new Failure(
      'bad-input',
      say('There is no frame {{frame}}: the video has {{frameCount}}, counted from 0.', {
        frame: String(frame),
        frameCount,
      }),
    );
  }
  const { pngs } = await engine.run('frames', { media, indices: [frame] }, signal === undefined ? {} : { signal });
  return pngs[0]!.bytes;
}
