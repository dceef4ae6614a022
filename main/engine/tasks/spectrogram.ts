import { readSpectrogram } from '#main/media/spectrogram.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { EngineTask } from './task-context.ts';

/** A tile of what the sound is made of; null where there is none. */
export const spectrogram: EngineTask<'spectrogram'> = ({ media, level, tile }, { signal, report }) =>
  readSpectrogram(media.path, FrameTable.fromArray(media.frames), {
    level,
    tile,
    signal,
    onProgress: (done) => report({ done, step: say('reading the sound') }),
  });
