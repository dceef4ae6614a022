import type { TrainedParts } from '#native-models/xclip/trained-parts.ts';

/** How a model of clips is fine-tuned. */
export interface ScorerPreset {
  readonly id: 'careful' | 'cross-frame' | 'x-clip';
  readonly trained: TrainedParts;
  /** Highest learning rate of CLIP's own parts; the parts that X-CLIP adds learn `newPartsFactor` times as fast. */
  readonly learningRate: number;
  readonly newPartsFactor: number;
  readonly beta2: number;
  /** Decoupled, not for vectors, biases and positions. */
  readonly weightDecay: number;
  /** Decoupled pull back to where training started (Li et al. 2018, L2-SP). */
  readonly anchorWeight: number;
  readonly labelSmoothing: number;
  readonly epochs: number;
  readonly warmUpEpochs: number;
  /** The learning rate falls along half a cosine to this share of its peak. */
  readonly learningRateFloor: number;
  /** Shots in one step. */
  readonly batchSize: number;
}

/**
 * Our recipe for a handful of corrections: only what comes after the pictures is trained, on clips that were encoded
 * once, in small steps that hold on to the published weights.
 */
const careful: ScorerPreset = {
  id: 'careful',
  trained: 'scorer',
  learningRate: 5e-5,
  newPartsFactor: 1,
  beta2: 0.98,
  weightDecay: 0,
  anchorWeight: 20,
  labelSmoothing: 0.1,
  epochs: 60,
  warmUpEpochs: 5,
  learningRateFloor: 0.01,
  batchSize: 64,
};

export const scorerPresets: Readonly<Record<ScorerPreset['id'], ScorerPreset>> = {
  careful,
  /** All that the paper adds to CLIP, still held near the start; the picture encoder is gone through at every step. */
  'cross-frame': { ...careful, id: 'cross-frame', trained: 'added', learningRate: 2e-5, epochs: 20, warmUpEpochs: 2 },
  /**
   * The published few-shot setting (Ni et al. 2022, released code), whose augmentation of pictures is left out: all
   * but the text encoder learns, the new parts ten times as fast.
   */
  'x-clip': {
    id: 'x-clip',
    trained: 'vision',
    learningRate: 2e-6,
    newPartsFactor: 10,
    beta2: 0.98,
    weightDecay: 0.001,
    anchorWeight: 0,
    labelSmoothing: 0.1,
    epochs: 50,
    warmUpEpochs: 5,
    learningRateFloor: 0.01,
    batchSize: 64,
  },
};
