import FFT from 'fft.js';

/**
 * The cross-correlation of two real signals at every lag: `lags[lag + a.length - 1]` is the sum over t of
 * `a[t] * b[t + lag]`, for lags from `1 - a.length` to `b.length - 1`.
 */
export function crossCorrelation(a: Float64Array, b: Float64Array): Float64Array {
  const count = a.length + b.length - 1;
  let n = 2;
  while (n < count) n *= 2;
  const fft = new FFT(n);
  // `[n, 2]` real and imaginary parts. One transform for both: the signals are real, so the spectrum of a + i b can be taken apart.
  const [values, spectrum] = [new Float64Array(2 * n), new Float64Array(2 * n)];
  a.forEach((value, at) => (values[2 * at] = value));
  b.forEach((value, at) => (values[2 * at + 1] = value));
  fft.transform(spectrum, values);
  for (let k = 0; k < n; k += 1) {
    const [own, mirror] = [2 * k, 2 * ((n - k) % n)];
    const [re, im] = [spectrum[own]!, spectrum[own + 1]!];
    const [mirrorRe, mirrorIm] = [spectrum[mirror]!, spectrum[mirror + 1]!];
    const [aRe, aIm] = [(re + mirrorRe) / 2, (im - mirrorIm) / 2];
    const [bRe, bIm] = [(im + mirrorIm) / 2, (mirrorRe - re) / 2];
    // conj(A) B.
    values[own] = aRe * bRe + aIm * bIm;
    values[own + 1] = aRe * bIm - aIm * bRe;
  }
  fft.inverseTransform(spectrum, values);
  return Float64Array.from({ length: count }, (_, at) => spectrum[2 * ((at - (a.length - 1) + n) % n)]!);
}
