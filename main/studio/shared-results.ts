interface Shared<Value> {
  readonly value: Promise<Value>;
  readonly abort: AbortController;
  wanted: number;
}

/**
 * Results by key, each made once for all who ask. Making is aborted when everybody who asked has gone away; a failure is
 * forgotten, so that it can be tried again; beyond `most` results the one asked for longest ago goes.
 */
export class SharedResults<Value> {
  readonly #most: number;
  readonly #kept = new Map<string, Shared<Value>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** `make` gets the signal that aborts once nobody wants the result any more. */
  async get(key: string, make: (whileWanted: AbortSignal) => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    signal?.throwIfAborted();
    const shared = this.#kept.get(key) ?? this.#begin(key, make);
    this.#kept.delete(key);
    this.#kept.set(key, shared);
    const oldest = this.#kept.size > this.#most ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);

    shared.wanted += 1;
    const leave = () => {
      shared.wanted -= 1;
      if (shared.wanted === 0) {
        this.#forget(key, shared);
        shared.abort.abort();
      }
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await shared.value;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  #begin(key: string, make: (whileWanted: AbortSignal) => Promise<Value>): Shared<Value> {
    const abort = new AbortController();
    const shared: Shared<Value> = { value: make(abort.signal), abort, wanted: 0 };
    shared.value.catch(() => this.#forget(key, shared));
    return shared;
  }

  #forget(key: string, shared: Shared<Value>): void {
    if (this.#kept.get(key) === shared) this.#kept.delete(key);
  }
}
