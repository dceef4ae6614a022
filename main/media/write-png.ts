import { PNG } from 'pngjs';

/** An opaque PNG of packed RGB24 `[height, width, 3]`, pixel for pixel. */
export function pngOf({
  rgb,
  width,
  height,
}: {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgb.buffer, rgb.byteOffset, rgb.byteLength);
  return PNG.sync.write(png, { inputColorType: 2, inputHasAlpha: false, colorType: 2, deflateLevel: 6 });
}
