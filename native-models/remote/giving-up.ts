import { AsyncLocalStorage } from 'node:async_hooks';

const asker = new AsyncLocalStorage<AbortSignal>();
const never = new AbortController().signal;

/**
 * Works for somebody who may give up: what a server is asked meanwhile, however deep inside a model, ends at once then and
 * fails with the signal's reason. What this machine computes goes on to its end, since ONNX Runtime cannot be interrupted.
 */
export const untilGivenUp = <Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> =>
  asker.run(signal, work);

/** Aborts when whoever asked gives up; never where nobody said that they may. */
export const givenUp = (): AbortSignal => asker.getStore() ?? never;
