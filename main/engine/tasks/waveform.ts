import { readWaveform } from '#main/media/waveform.ts';
import type { EngineTask } from './task-context.ts';

/** The sound's lowest and highest value in each stretch of time; null where there is none. */
export const waveform: EngineTask<'waveform'> = ({ path, endUs, buckets }, { signal, report }) =>
  readWaveform(path, { buckets, endUs, signal, onProgress: (done) => report({ done, step: 'reading the sound' }) });
