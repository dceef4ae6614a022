import '#native-models/runtime/telemetry-off.ts';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure } from '#preload/domain/failure.ts';
import type {
  Inference,
  InferenceReply,
  InferenceRequest,
  InferenceRequestName,
  InferenceRequests,
} from './inference-requests.ts';

const entry = path.join(import.meta.dirname, `inference-worker${path.extname(import.meta.filename)}`);

interface Flight {
  readonly resolve: (output: unknown) => void;
  readonly reject: (failure: Failure) => void;
}

/**
 * The thread on which models compute. onnxruntime-node computes on the thread that calls it, until it is done; here
 * frames are decoded and a person is answered meanwhile. The thread starts with the first request, and anew should it
 * ever end by itself.
 */
export class InferenceThread implements Inference, AsyncDisposable {
  #worker: Worker | null = null;
  readonly #flights = new Map<number, Flight>();
  #lastId = 0;

  /** Answers in order of asking. `transfer` lists memory in the input that moves to the thread. */
  ask<Name extends InferenceRequestName>(
    name: Name,
    input: InferenceRequests[Name]['input'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<InferenceRequests[Name]['output']> {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#lastId += 1);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#flights.set(id, { resolve, reject });
    worker.postMessage({ id, name, input } satisfies InferenceRequest, [...transfer]);
    return promise as Promise<InferenceRequests[Name]['output']>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#worker) await this.ask('close', null);
  }

  #start(): Worker {
    const worker = new Worker(entry, { execArgv: [] });
    const fail = (reason: string) => {
      if (this.#worker === worker) this.#worker = null;
      for (const { reject } of this.#flights.values()) {
        reject(new Failure('engine-stopped', `The inference thread stopped (${reason}); try again.`, { reason }));
      }
      this.#flights.clear();
    };
    worker.on('message', (reply: InferenceReply) => {
      const flight = this.#flights.get(reply.id);
      this.#flights.delete(reply.id);
      if ('failure' in reply)
        flight?.reject(new Failure(reply.failure.code, reply.failure.message, reply.failure.details));
      else flight?.resolve(reply.output);
    });
    worker.on('error', (error) => fail(error instanceof Error ? error.message : `${error}`));
    worker.on('exit', (code) => fail(`exit code ${code}`));
    return worker;
  }
}
