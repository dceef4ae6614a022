/** Softmax over all of `logits`, `[N]`, in place. */
export function softmax(logits: Float64Array): Float64Array {
  let highest = -Infinity;
  for (const logit of logits) highest = Math.max(highest, logit);
  let total = 0;
  for (let at = 0; at < logits.length; at += 1) total += logits[at] = Math.exp(logits[at]! - highest);
  for (let at = 0; at < logits.length; at += 1) logits[at]! /= total;
  return logits;
}
