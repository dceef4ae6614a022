import type { Told } from './saying.ts';
/** A version that is newer than this one. */
export interface NewerVersion {
  readonly version: string;
  /** What is new, as its makers wrote it: Markdown or a piece of a web page. Empty where they wrote nothing. */
  readonly notes: string;
}

/** How far the program is with a newer version of itself. */
export type UpdateStage =
  | { readonly name: 'idle' }
  | { readonly name: 'looking' }
  | { readonly name: 'newest' }
  | { readonly name: 'found'; readonly newer: NewerVersion }
  /** `fraction`, 0 to 1. */
  | { readonly name: 'downloading'; readonly newer: NewerVersion; readonly fraction: number }
  /** Takes this version's place when the program is quit. */
  | { readonly name: 'ready'; readonly newer: NewerVersion }
  | { readonly name: 'failed'; readonly problem: Told };

export interface UpdateState {
  /** Why this copy cannot put a newer one in its place; null where it can. */
  readonly cannot: Told | null;
  /** The page of the web that has newer versions; null where this build names none. */
  readonly place: string | null;
  readonly stage: UpdateStage;
}
