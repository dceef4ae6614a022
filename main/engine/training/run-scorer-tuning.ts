import '#native-models/runtime/runtime-environment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { callOnThread, moduleBeside } from '#main/call-port/thread.ts';
import type { TaskControl, TaskProgress, TunedScorer } from '../vocabulary.ts';
import type { ScorerTuningCalls, ScorerTuningOrder } from './scorer-tuning-order.ts';

const entry = moduleBeside(import.meta.filename, 'scorer-tuning-worker');
const stopped = (reason: string): Saying =>
  say('The tuning thread stopped ({{reason}}); try again, it goes on where it was.', { reason });

/** Tunes a scorer in a thread of its own, which stops before its next step when the signal fires. */
export function runScorerTuning(order: ScorerTuningOrder, { signal, report }: TaskControl): Promise<TunedScorer> {
  return callOnThread<ScorerTuningCalls, TaskProgress>(entry, stopped, 'tune', order, { signal, onProgress: report });
}
