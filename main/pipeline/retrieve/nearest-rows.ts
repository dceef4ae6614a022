/** Rows of codes by their place, nearest first, and how far they are: one minus their cosine with the query. */
export interface FoundRows {
  readonly keys: BigUint64Array;
  readonly distances: Float32Array;
}

/** Finds the rows `[N, D]` of codes whose cosine with a query is highest, the best `count`, best first. */
export type NearestRows = (rows: Int8Array, query: Int8Array, dim: number, count: number) => FoundRows;

/** Rows `[N, D]` in pieces, and what is searched for in them. */
export interface RowQuestion {
  readonly pieces: readonly Int8Array[];
  readonly query: Int8Array;
  readonly dim: number;
  /** How many are wanted of each piece; of shorter ones all. */
  readonly count: number;
}

/** Where rows lie, and how they are compared with a query. */
export interface RowSearch {
  /** Memory for rows of so many bytes. */
  memory(bytes: number): ArrayBufferLike;
  readonly nearest: NearestRows;
  /** The nearest rows of each piece. */
  nearestInEach(question: RowQuestion): Promise<readonly FoundRows[]>;
}

/** Of more threads, two take as long together as one alone: they count every row in one place. */
const oneThread = 1;

/**
 * USearch's exact search, which has the instructions of each processor; null where its library does not load, as on a
 * system that it is not built for.
 */
export async function nearestRows(): Promise<NearestRows | null> {
  const usearch = await import('usearch').catch(() => null);
  if (usearch === null) return null;
  const { exactSearch, MetricKind } = usearch;
  return (rows, query, dim, count) => exactSearch(rows, query, dim, count, MetricKind.Cos, oneThread);
}

/** The nearest rows of one of the pieces. */
export const nearestInPiece = (
  nearest: NearestRows,
  { pieces, query, dim, count }: RowQuestion,
  piece: number,
): FoundRows => nearest(pieces[piece]!, query, dim, Math.min(count, pieces[piece]!.length / dim));

/** Compares piece after piece. */
export const onOneThread = (nearest: NearestRows): RowSearch => ({
  memory: (bytes) => new ArrayBuffer(bytes),
  nearest,
  nearestInEach: (question) =>
    Promise.resolve(question.pieces.map((_, piece) => nearestInPiece(nearest, question, piece))),
});
