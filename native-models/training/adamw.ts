/** Hyper-parameters of AdamW (Loshchilov and Hutter 2019); decay is decoupled from the gradient. */
export interface AdamWSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

export const adamWDefaults: AdamWSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** The two moments of one tensor's gradient; part of what an interrupted run must keep. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Moments at the start, for a tensor of `length` numbers in all. */
export const zeroMoments = (length: number): Moments => ({
  first: new Float32Array(length),
  second: new Float32Array(length),
});

/** One AdamW step in place; `step` counts from 1. Arrays are flat and of equal length. */
export function adamWStep(
  values: Float32Array,
  gradient: Float32Array,
  { first, second }: Moments,
  step: number,
  learningRate: number,
  settings: AdamWSettings,
): void {
  const { beta1, beta2, epsilon, weightDecay } = settings;
  // The moments' corrections and the rate, out of the loop: a step is a division and a root for each number.
  const rate = learningRate / (1 - beta1 ** step);
  const rootScale = 1 / Math.sqrt(1 - beta2 ** step);
  const decay = learningRate * weightDecay;
  for (let index = 0; index < values.length; index += 1) {
    const slope = gradient[index]!;
    const mean = beta1 * first[index]! + (1 - beta1) * slope;
    const square = beta2 * second[index]! + (1 - beta2) * slope * slope;
    first[index] = mean;
    second[index] = square;
    values[index]! -= (rate * mean) / (rootScale * Math.sqrt(square) + epsilon) + decay * values[index]!;
  }
}

/** Scales gradients, flat arrays of any lengths, in place so that their joint Euclidean norm is at most `limit`; answers the norm they had. */
export function clipGradientNorm(gradients: readonly Float32Array[], limit: number): number {
  let squares = 0;
  for (const gradient of gradients) for (const slope of gradient) squares += slope * slope;
  const norm = Math.sqrt(squares);
  if (norm > limit)
    for (const gradient of gradients)
      for (let index = 0; index < gradient.length; index += 1) gradient[index]! *= limit / norm;
  return norm;
}

/** Linear warm-up over `warmUp` steps, then half a cosine from `peak` down to `peak · floor` at `steps`. */
export function cosineLearningRate(
  step: number,
  {
    peak,
    warmUp,
    steps,
    floor = 0,
  }: { readonly peak: number; readonly warmUp: number; readonly steps: number; readonly floor?: number },
): number {
  if (step <= warmUp) return (peak * step) / Math.max(1, warmUp);
  const share = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
  return peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * share)));
}
