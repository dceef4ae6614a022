import type { Tensor } from '../graph/tensor.ts';

/** The parts of models that a server can compute: pictures and texts of a pair of encoders, and X-CLIP's three. */
export type ServedPiece = 'frames' | 'texts' | 'clips' | 'names' | 'scores';

/** One of them as a graph. */
export interface ServedGraph {
  readonly piece: ServedPiece;
  /** By their names; the names of inputs are in the graph. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** How many rows of the first axis, which all inputs and outputs share, one request may hold; null: they do not share it. */
  readonly largestBatch: number | null;
}

/** The name under which a server has a piece of a model. */
export const servedName = (model: string, piece: ServedPiece): string => `${model}-${piece}`;
