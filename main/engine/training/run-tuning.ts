import '#native-models/runtime/telemetry-off.ts';
import { callOnThread, moduleBeside } from '#main/call-port/thread.ts';
import type { TuningOutcome } from '../vocabulary.ts';
import type { TuningCalls, TuningProgress, TuningRequest } from './tuning-request.ts';

const entry = moduleBeside(import.meta.filename, 'tuning-worker');
const stopped = (reason: string): string => `Tuning stopped by itself (${reason}); try again.`;

/** Tunes in a thread of its own, which stops before its next step when the signal fires. */
export function runTuning(
  request: TuningRequest,
  signal: AbortSignal,
  onProgress: (progress: TuningProgress) => void,
): Promise<TuningOutcome> {
  return callOnThread<TuningCalls, TuningProgress>(entry, stopped, 'tune', request, { signal, onProgress });
}
