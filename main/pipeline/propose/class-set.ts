import { rowCount, unitRows } from '../vectors/unit-rows.ts';

/** What the frames of a video are compared with. All embeddings are rows in the encoder's joint space. */
export interface ClassSet {
  /** `[K, D]`; K may be 0. */
  readonly classEmbeddings: Float32Array;
  /** `[M, D]` texts of pictures in which no action happens; M may be 0. */
  readonly backgroundEmbeddings: Float32Array;
  /** Factor from cosine to logit: `exp(logit_scale)`, about 100 for CLIP, or one over the temperature of a tuned set. */
  readonly logitScale: number;
}

/** All texts of a class set as unit rows, `[K + M, D]`, classes first. */
export function textMatrix(
  classSet: ClassSet,
  dim: number,
): { readonly texts: Float32Array; readonly classCount: number } {
  const { classEmbeddings, backgroundEmbeddings } = classSet;
  const texts = new Float32Array(classEmbeddings.length + backgroundEmbeddings.length);
  texts.set(unitRows(classEmbeddings, dim));
  texts.set(unitRows(backgroundEmbeddings, dim), classEmbeddings.length);
  return { texts, classCount: rowCount(classEmbeddings, dim) };
}
