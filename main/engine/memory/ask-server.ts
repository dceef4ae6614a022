import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import { reasonOf } from '#native-models/runtime/reason-of.ts';
import { isFailure, asFailure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { Inference, InferenceRequestName, InferenceRequests } from '../inference/inference-requests.ts';
import type { ModelChoice, TaskControl, TaskProgress } from '../vocabulary.ts';

/** For whom a server is asked. */
interface Asker {
  /** Ends every request that is under way. */
  readonly signal: AbortSignal;
  /** Tells that a server is waited for; null where whoever asks is rather told at once that it is away. */
  readonly onWait: ((words: Saying) => void) | null;
}

const asker = new AsyncLocalStorage<Asker>();
const nobody: Asker = { signal: new AbortController().signal, onWait: null };

/**
 * Works on a task: what it asks of a server meanwhile ends with it. A `patient` one waits for a server that is away, and
 * reports that it does; any other fails with `server-away`.
 */
export function askingFor<Value>(
  { signal, report }: TaskControl,
  patient: boolean,
  work: (control: TaskControl) => Promise<Value>,
): Promise<Value> {
  let done = 0;
  const control = {
    signal,
    report: (progress: TaskProgress) => {
      ({ done } = progress);
      report(progress);
    },
  };
  const onWait = patient ? (step: Saying) => report({ done, step }) : null;
  return asker.run({ signal, onWait }, () => work(control));
}

/** Waits between looks at a server that is away, milliseconds; the last one again and again. */
const waitsMs = [1000, 2000, 5000, 10_000];

/** For how long a server that was away is not asked where this machine may compute instead, milliseconds. */
const awayForMs = 30_000;
const awayUntilMs = new Map<string, number>();

type AboutModels = {
  [Name in InferenceRequestName]: InferenceRequests[Name]['input'] extends { readonly model: ModelChoice }
    ? Name
    : never;
}[InferenceRequestName];

/**
 * Asks the inference thread; where a server was to compute and is away, computes here if the person allows that, else
 * waits or fails with `server-away` (see `askingFor`).
 *
 * @param transfer goes to the thread where this machine is to compute; what a server is asked stays, to be asked again.
 */
export async function askServer<Name extends AboutModels>(
  inference: Inference,
  name: Name,
  input: InferenceRequests[Name]['input'],
  transfer: readonly ArrayBuffer[] = [],
): Promise<InferenceRequests[Name]['output']> {
  const { model } = input as { readonly model: ModelChoice };
  const { provider: server } = model;
  if (typeof server !== 'object') return inference.ask(name, input, { transfer });
  const { signal, onWait } = asker.getStore() ?? nobody;
  const here = () => inference.ask(name, { ...input, model: { ...model, provider: 'auto' as const } });
  for (let tries = 0; ; tries += 1) {
    if (server.goOnLocally && (awayUntilMs.get(server.address) ?? 0) > Date.now()) return here();
    try {
      return await inference.ask(name, input, { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!isFailure(error) || error.code !== 'server-away') throw error;
      awayUntilMs.set(server.address, Date.now() + awayForMs);
      if (server.goOnLocally) return here();
      if (onWait === null) throw error;
      const { host } = new URL(server.address);
      onWait(say('waiting for {{host}}: {{reason}}', { host, reason: reasonOf(asFailure(error)) }));
      await setTimeout(waitsMs[Math.min(tries, waitsMs.length - 1)], undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      );
    }
  }
}
