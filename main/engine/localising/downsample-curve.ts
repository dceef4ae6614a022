/** Cuts `count` samples into buckets of equal size (the last may be smaller), at most `points` of them. */
export function bucketSize(count: number, points: number): number {
  return Math.max(1, Math.ceil(count / points));
}

/** The highest value of each bucket: a peak stays visible however far the timeline is zoomed out. */
export function bucketMaxima(curve: Float64Array, size: number): Float32Array {
  const maxima = new Float32Array(Math.ceil(curve.length / size)).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < curve.length; index += 1) {
    const bucket = Math.floor(index / size);
    maxima[bucket] = Math.max(maxima[bucket]!, curve[index]!);
  }
  return maxima;
}

/** The time of each bucket: that of its middle sample. */
export function bucketTimes(timesUs: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(timesUs.length / size) }, (_, bucket) => {
    const last = Math.min((bucket + 1) * size, timesUs.length) - 1;
    return timesUs[(bucket * size + last) >> 1]!;
  });
}
