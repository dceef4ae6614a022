import '#native-models/runtime/telemetry-off.ts';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure } from '#preload/domain/failure.ts';
import type { TuningFigures } from '../vocabulary.ts';
import type { TuningMessage, TuningRequest } from './tuning-request.ts';
import type { TuningOutcome } from '../vocabulary.ts';

const entry = path.join(import.meta.dirname, `tuning-worker${path.extname(import.meta.filename)}`);

/**
 * Tunes in a thread of its own. When the signal fires the thread is asked to stop, which it does before its next step:
 * ending it from outside would take this process along, since onnxruntime cannot be interrupted.
 */
export async function runTuning(
  request: TuningRequest,
  signal: AbortSignal,
  onProgress: (done: number, figures: TuningFigures) => void,
): Promise<TuningOutcome> {
  signal.throwIfAborted();
  const worker = new Worker(entry, { execArgv: [], workerData: request });
  const ended = Promise.withResolvers<void>();
  let outcome: TuningOutcome | null = null;
  let failure: unknown = null;
  worker.on('message', (message: TuningMessage) => {
    if (message.kind === 'progress') onProgress(message.done, message.figures);
    else if (message.kind === 'done') outcome = message.outcome;
    else failure = new Failure(message.failure.code, message.failure.message, message.failure.details);
  });
  worker.on('error', (error) => (failure = error));
  worker.on('exit', () => ended.resolve());
  const stop = (): void => worker.postMessage('stop');
  signal.addEventListener('abort', stop, { once: true });
  await ended.promise;
  signal.removeEventListener('abort', stop);
  if (outcome !== null) return outcome;
  signal.throwIfAborted();
  throw failure ?? new Failure('engine-stopped', 'Tuning stopped by itself; try again.');
}
