/** What makes scores of a model's cosines. */
export interface ScoreScale {
  readonly logitScale: number;
  /** What is added to scaled cosines where each text is answered by itself; null where texts are told apart. */
  readonly logitBias: number | null;
}

/**
 * How well a text fits. A model that was trained with a sigmoid loss (Zhai et al. 2023, s.3.2) says how likely the text is
 * true of the picture, by itself: σ(scale · cosine + bias). Of others the cosine alone is comparable. Among texts of which
 * exactly one is true, as the classes and the background of a project are, the bias falls out: there both are softmax.
 */
export const scoreOfCosine = (cosine: number, { logitScale, logitBias }: ScoreScale): number =>
  logitBias === null ? cosine : 1 / (1 + Math.exp(-(logitScale * cosine + logitBias)));
