import '#native-models/runtime/runtime-environment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { callOnThread, moduleBeside } from '#main/call-port/thread.ts';
import type { Examination } from '#main/pipeline/judge/examine.ts';
import type { TuningOutcome } from '../vocabulary.ts';
import type { CorrectedProject, TuningCalls, TuningProgress, TuningRequest } from './tuning-request.ts';

const entry = moduleBeside(import.meta.filename, 'tuning-worker');
const stopped = (reason: string): Saying => say('Learning stopped by itself ({{reason}}); try again.', { reason });

/** Tunes in a thread of its own, which stops before its next step when the signal fires. */
export function runTuning(
  request: TuningRequest,
  signal: AbortSignal,
  onProgress: (progress: TuningProgress) => void,
): Promise<TuningOutcome> {
  return callOnThread<TuningCalls, TuningProgress, 'tune'>(entry, stopped, 'tune', request, { signal, onProgress });
}

/** Examines what is learned without training, in a thread of its own. */
export function runExamination(
  request: CorrectedProject,
  signal: AbortSignal,
  onProgress: (progress: TuningProgress) => void,
): Promise<Examination | null> {
  const options = { signal, onProgress };
  return callOnThread<TuningCalls, TuningProgress, 'examine'>(entry, stopped, 'examine', request, options);
}
