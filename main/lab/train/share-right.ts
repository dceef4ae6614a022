/** Share of rows `[B, K]` whose highest logit is one of their targets; rows without a target do not count. */
export function shareRight(logits: Float32Array, targets: Float32Array, classes: number): number {
  let [right, counted] = [0, 0];
  for (let start = 0; start < logits.length; start += classes) {
    const wanted = targets.subarray(start, start + classes);
    if (wanted.every((target) => target === 0)) continue;
    const row = logits.subarray(start, start + classes);
    counted += 1;
    if (wanted[row.indexOf(row.reduce((a, b) => Math.max(a, b)))]! > 0) right += 1;
  }
  return counted === 0 ? 0 : right / counted;
}
