import type { FailureValue } from '#preload/domain/failure.ts';

/** One end of a channel between two threads or processes. Messages are structured-cloned and arrive in order. */
export interface Port {
  /**
   * `transfer` lists memory that moves over; a channel between processes copies it. What is posted to an end that has
   * gone is lost. Throws for what cannot be cloned.
   */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** What can be asked over a port, name by name. */
export type CallsOf<Calls> = { readonly [Name in keyof Calls]: { readonly input: unknown; readonly output: unknown } };

/** What the asking end sends. Ids are its own and never used twice on one port. */
export type Asked =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  /** Cancel everything, close what is open, end. */
  | { readonly kind: 'stop' };

/** What the answering end sends: any number of `sign` and `progress`, then one `done` or `failed` per call. */
export type Answered =
  /** That it is alive, without news. */
  | { readonly kind: 'sign'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: FailureValue };
