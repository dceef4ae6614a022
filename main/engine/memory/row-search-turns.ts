import {
  nearestInPiece,
  type FoundRows,
  type NearestRows,
  type RowQuestion,
} from '#main/pipeline/retrieve/nearest-rows.ts';

/** A question that several threads answer: whichever is free takes the next piece. */
export interface SharedQuestion extends RowQuestion {
  /** `[1]` the piece that nobody took yet, in memory that all see. */
  readonly next: Int32Array;
}

/** What one thread found, with the pieces that it took. */
export type Turns = readonly (readonly [piece: number, found: FoundRows])[];

export interface RowSearchCalls {
  readonly takeTurns: { readonly input: SharedQuestion; readonly output: Turns };
}

/** Takes pieces until there are none. */
export function takeTurns(nearest: NearestRows, question: SharedQuestion): Turns {
  const found: [number, FoundRows][] = [];
  for (;;) {
    const piece = Atomics.add(question.next, 0, 1);
    if (piece >= question.pieces.length) return found;
    found.push([piece, nearestInPiece(nearest, question, piece)]);
  }
}
