import type { Answered, Asked, CallsOf, Port } from './port.ts';
import { asFailure } from '#preload/domain/failure.ts';

export interface CallOptions<Progress> {
  /** Cancels the call where it is answered; it then fails with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called with every sign of life, progress among them. */
  readonly onSign?: (() => void) | undefined;
  /** Memory in the input that moves to where it is answered. */
  readonly transfer?: readonly ArrayBuffer[];
}

interface Flight {
  readonly name: string;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
  readonly onSign: (() => void) | undefined;
}

/** The asking end of a port: calls that are answered, reported on, cancelled, or that fail as `Failure`s do here. */
export class CallPort<Calls extends CallsOf<Calls>, Progress = never> {
  readonly #port: Port;
  readonly #flights = new Map<number, Flight>();
  #lastId = 0;

  constructor(port: Port) {
    this.#port = port;
    port.onMessage((message) => this.#receive(message as Answered));
  }

  async call<Name extends keyof Calls & string>(
    name: Name,
    input: Calls[Name]['input'],
    { signal, onProgress, onSign, transfer = [] }: CallOptions<Progress> = {},
  ): Promise<Calls[Name]['output']> {
    signal?.throwIfAborted();
    const id = (this.#lastId += 1);
    const cancel = (): void => this.#port.post({ kind: 'cancel', id } satisfies Asked);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#flights.set(id, { name, resolve, reject, onProgress, onSign });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      this.#port.post({ kind: 'call', id, name, input } satisfies Asked, transfer);
      return await promise;
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#flights.delete(id);
    }
  }

  /** Tells the other end to cancel everything and to end. */
  stop(): void {
    this.#port.post({ kind: 'stop' } satisfies Asked);
  }

  /** The other end has gone: what it has not answered fails with what `why` says of it. */
  fail(why: (name: string) => Error): void {
    for (const { name, reject } of this.#flights.values()) reject(why(name));
  }

  #receive(message: Answered): void {
    const flight = this.#flights.get(message.id);
    if (flight === undefined) return;
    if (message.kind === 'sign' || message.kind === 'progress') flight.onSign?.();
    if (message.kind === 'sign') return;
    if (message.kind === 'progress') flight.onProgress?.(message.progress as never);
    else if (message.kind === 'done') flight.resolve(message.output);
    else flight.reject(asFailure(message.failure));
  }
}
