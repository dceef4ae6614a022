/** IEEE 754 binary16 numbers, given by their bits, as float32: `[n]` → `[n]`. */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  const out = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i += 1) {
    const half = bits[i]!;
    const sign = (half & 0x8000) << 16;
    let exponent = (half >> 10) & 0x1f;
    let mantissa = half & 0x3ff;
    if (exponent === 0x1f) {
      out[i] = sign | 0x7f800000 | (mantissa << 13);
    } else if (exponent === 0 && mantissa === 0) {
      out[i] = sign;
    } else {
      if (exponent === 0) {
        // Subnormal in half precision, normal in single: shift the leading one into place.
        const shift = Math.clz32(mantissa) - 21;
        mantissa = (mantissa << shift) & 0x3ff;
        exponent = 1 - shift;
      }
      out[i] = sign | ((exponent + 112) << 23) | (mantissa << 13);
    }
  }
  return new Float32Array(out.buffer);
}

/** bfloat16 numbers, given by their bits, as float32, `[n]` → `[n]`: the same number with sixteen zero bits appended. */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const out = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i += 1) out[i] = bits[i]! << 16;
  return new Float32Array(out.buffer);
}
