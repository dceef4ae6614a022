import { setTimeout } from 'node:timers/promises';
import { isFailure } from '#preload/domain/failure.ts';
import type { Inference, InferenceRequestName, InferenceRequests } from '../inference/inference-requests.ts';
import type { ModelChoice } from '../vocabulary.ts';

/** How a task waits for a server that is away: until `signal` aborts, telling that it does. */
export interface Patience {
  readonly signal: AbortSignal;
  readonly onWait: (words: string) => void;
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
 * waits with `patience` until it is back, else fails with `server-away`.
 *
 * @param transfer goes to the thread where this machine is to compute; what a server is asked stays, to be asked again.
 */
export async function askServer<Name extends AboutModels>(
  inference: Inference,
  name: Name,
  input: InferenceRequests[Name]['input'],
  patience?: Patience,
  transfer?: readonly ArrayBuffer[],
): Promise<InferenceRequests[Name]['output']> {
  const { model } = input as { readonly model: ModelChoice };
  const { provider: server } = model;
  if (typeof server !== 'object') return inference.ask(name, input, transfer);
  const here = () => inference.ask(name, { ...input, model: { ...model, provider: 'auto' as const } });
  for (let tries = 0; ; tries += 1) {
    if (server.goOnLocally && (awayUntilMs.get(server.address) ?? 0) > Date.now()) return here();
    try {
      return await inference.ask(name, input);
    } catch (error) {
      if (!isFailure(error) || error.code !== 'server-away') throw error;
      awayUntilMs.set(server.address, Date.now() + awayForMs);
      if (server.goOnLocally) return here();
      if (patience === undefined) throw error;
      patience.signal.throwIfAborted();
      patience.onWait(`waiting for ${new URL(server.address).host}: ${String(error.details?.['reason'])}`);
      await setTimeout(waitsMs[Math.min(tries, waitsMs.length - 1)], undefined, { signal: patience.signal }).catch(() =>
        patience.signal.throwIfAborted(),
      );
    }
  }
}
