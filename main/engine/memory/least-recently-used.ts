/**
 * A map that forgets what was not read for longest once the weights of its values exceed `capacity`. The newest value
 * always stays, however heavy it is.
 */
export class LeastRecentlyUsed<Value> {
  readonly #capacity: number;
  readonly #entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  readonly #onForget: ((value: Value) => void) | undefined;
  #weight = 0;

  constructor(capacity: number, onForget?: (value: Value) => void) {
    this.#capacity = capacity;
    this.#onForget = onForget;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, weight: number): void {
    this.delete(key);
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#capacity || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
    this.#onForget?.(entry.value);
  }

  clear(): void {
    for (const key of this.#entries.keys()) this.delete(key);
  }
}
