import { moduleBeside, startThread, type Thread } from '#main/call-port/thread.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import {
  nearestInPiece,
  onOneThread,
  type FoundRows,
  type NearestRows,
  type RowQuestion,
  type RowSearch,
} from '#main/pipeline/retrieve/nearest-rows.ts';
import { takeTurns, type RowSearchCalls, type SharedQuestion } from './row-search-turns.ts';

const entry = moduleBeside(import.meta.filename, 'row-search-worker');
const stopped = (reason: string): Saying =>
  say('The thread that searches stopped ({{reason}}); try again.', { reason });

/** Fewer pieces are compared before a second thread has heard of them. */
const fewPieces = 4;

/**
 * Compares rows here and on a second thread, which starts with the first question that is long enough. One that is busy
 * or gone costs nothing: pieces that it did not take are compared here.
 */
export class RowSearchOnTwoThreads implements RowSearch, AsyncDisposable {
  readonly nearest: NearestRows;
  #thread: Thread<RowSearchCalls, never> | null = null;

  constructor(nearest: NearestRows) {
    this.nearest = nearest;
  }

  memory(bytes: number): ArrayBufferLike {
    return new SharedArrayBuffer(bytes);
  }

  async nearestInEach(question: RowQuestion): Promise<readonly FoundRows[]> {
    const { nearest } = this;
    const count = question.pieces.length;
    if (count < fewPieces) return onOneThread(nearest).nearestInEach(question);
    const shared: SharedQuestion = { ...question, next: new Int32Array(new SharedArrayBuffer(4)) };
    const { calls } = (this.#thread ??= this.#start());
    const theirs = calls.call('takeTurns', shared).catch(() => []);
    const ours = takeTurns(nearest, shared);
    const found = new Map([...ours, ...(ours.length < count ? await theirs : [])]);
    return question.pieces.map((_, piece) => found.get(piece) ?? nearestInPiece(nearest, question, piece));
  }

  /** Ends the second thread, which would keep memory that it has seen. */
  async [Symbol.asyncDispose](): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    thread?.calls.stop();
    await thread?.gone;
  }

  #start(): Thread<RowSearchCalls, never> {
    const thread = startThread<RowSearchCalls>(entry, stopped);
    void thread.gone.then(() => {
      if (this.#thread === thread) this.#thread = null;
    });
    return thread;
  }
}

/** Whether the library compares rows in memory that threads share; on Node.js 20 it does not. */
export function comparesSharedMemory(nearest: NearestRows): boolean {
  try {
    nearest(new Int8Array(new SharedArrayBuffer(8)).fill(1), new Int8Array(8).fill(1), 8, 1);
    return true;
  } catch {
    return false;
  }
}
