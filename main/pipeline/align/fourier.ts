/**
 * The discrete Fourier transform of `re + i im`, both `[n]` with n a power of two, in place, by Cooley and Tukey's
 * radix-2 algorithm.
 */
export function fourier(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let at = 1, reversed = 0; at < n; at += 1) {
    let bit = n >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (at >= reversed) continue;
    [re[at], re[reversed]] = [re[reversed]!, re[at]!];
    [im[at], im[reversed]] = [im[reversed]!, im[at]!];
  }
  const cosines = Float64Array.from({ length: n >> 1 }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sines = Float64Array.from({ length: n >> 1 }, (_, k) => -Math.sin((2 * Math.PI * k) / n));
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let block = 0; block < n; block += 2 * half) {
      for (let k = 0; k < half; k += 1) {
        const [cos, sin] = [cosines[k * stride]!, sines[k * stride]!];
        const [low, high] = [block + k, block + k + half];
        const turnedRe = re[high]! * cos - im[high]! * sin;
        const turnedIm = re[high]! * sin + im[high]! * cos;
        re[high] = re[low]! - turnedRe;
        im[high] = im[low]! - turnedIm;
        re[low] = re[low]! + turnedRe;
        im[low] = im[low]! + turnedIm;
      }
    }
  }
}

/**
 * The cross-correlation of two real signals at every lag: `lags[lag + a.length - 1]` is the sum over t of
 * `a[t] * b[t + lag]`, for lags from `1 - a.length` to `b.length - 1`.
 */
export function crossCorrelation(a: Float64Array, b: Float64Array): Float64Array {
  const count = a.length + b.length - 1;
  let n = 1;
  while (n < count) n *= 2;
  // One transform for both: the signals are real, so the spectrum of a + i b can be taken apart.
  const [re, im] = [new Float64Array(n), new Float64Array(n)];
  re.set(a);
  im.set(b);
  fourier(re, im);
  const [productRe, productIm] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n; k += 1) {
    const mirror = (n - k) % n;
    const [aRe, aIm] = [(re[k]! + re[mirror]!) / 2, (im[k]! - im[mirror]!) / 2];
    const [bRe, bIm] = [(im[k]! + im[mirror]!) / 2, (re[mirror]! - re[k]!) / 2];
    // conj(A) B, conjugated, so that the forward transform serves as the inverse one.
    productRe[k] = aRe * bRe + aIm * bIm;
    productIm[k] = -(aRe * bIm - aIm * bRe);
  }
  fourier(productRe, productIm);
  return Float64Array.from({ length: count }, (_, at) => productRe[(at - (a.length - 1) + n) % n]! / n);
}
