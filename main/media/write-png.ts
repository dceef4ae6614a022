import { PNG } from 'pngjs';
import type { RgbPixels } from './rgb-pixels.ts';

/** An opaque PNG of a picture, pixel for pixel. */
export function pngOf({ rgb, width, height }: RgbPixels): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgb.buffer, rgb.byteOffset, rgb.byteLength);
  return PNG.sync.write(png, { inputColorType: 2, inputHasAlpha: false, colorType: 2, deflateLevel: 6 });
}
