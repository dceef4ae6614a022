import { readWaveform } from '#main/media/waveform.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { EngineTask } from './task-context.ts';

/** The sound's lowest and highest value in each stretch of time; null where there is none. */
export const waveform: EngineTask<'waveform'> = ({ media, buckets }, { signal, report }) =>
  readWaveform(media.path, FrameTable.fromArray(media.frames), {
    buckets,
    signal,
    onProgress: (done) => report({ done, step: say('reading the sound') }),
  });
