import '#native-models/runtime/runtime-environment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { moduleBeside, startThread, type Thread } from '#main/call-port/thread.ts';
import type { AskOptions, Inference, InferenceRequestName, InferenceRequests } from './inference-requests.ts';

const entry = moduleBeside(import.meta.filename, 'inference-worker');
const stopped = (reason: string): Saying => say('The inference thread stopped ({{reason}}); try again.', { reason });

/**
 * The thread on which models compute. onnxruntime-node computes on the thread that calls it, until it is done; here
 * frames are decoded and a person is answered meanwhile. The thread starts with the first request, and anew should it
 * ever end by itself.
 */
export class InferenceThread implements Inference, AsyncDisposable {
  #thread: Thread<InferenceRequests, never> | null = null;

  ask<Name extends InferenceRequestName>(
    name: Name,
    input: InferenceRequests[Name]['input'],
    options: AskOptions = {},
  ): Promise<InferenceRequests[Name]['output']> {
    const { calls } = (this.#thread ??= this.#start());
    return calls.call(name, input, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#thread?.calls.stop();
    await this.#thread?.gone;
  }

  #start(): Thread<InferenceRequests, never> {
    const thread = startThread<InferenceRequests>(entry, stopped);
    void thread.gone.then(() => {
      if (this.#thread === thread) this.#thread = null;
    });
    return thread;
  }
}
