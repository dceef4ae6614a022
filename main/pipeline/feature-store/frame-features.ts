/** Frame features of one video, as an image encoder made them and the feature store keeps them. */
export interface FrameFeatures {
  /** `[N, D]` row-major, one L2-normalised row per sampled frame. */
  readonly features: Float32Array;
  /** `[N]` strictly increasing presentation times of the sampled frames, microseconds. */
  readonly timesUs: Float64Array;
  /** D. */
  readonly dim: number;
}
