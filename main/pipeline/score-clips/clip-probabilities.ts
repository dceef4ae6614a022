/**
 * Logits `[clips, K + M]` of classes and background texts → one row of class probabilities `[K]` a clip, of the softmax
 * over both: at most 1 in sum.
 */
export function clipProbabilities(logits: Float32Array, columns: number, classCount: number): Float64Array[] {
  return Array.from({ length: columns === 0 ? 0 : logits.length / columns }, (_, clip) => {
    const row = Float64Array.from(logits.subarray(clip * columns, (clip + 1) * columns));
    const highest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = row.map((logit) => Math.exp(logit - highest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.slice(0, classCount).map((power) => power / total);
  });
}
