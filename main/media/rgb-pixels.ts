/** Packed RGB24, `[height, width, 3]`, upright, square pixels. */
export interface RgbPixels {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}
