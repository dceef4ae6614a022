// Preprocessing equals torchvision on Pillow images: values, sizes and crops.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImagePreprocessing, Resample } from './image-preprocessing.ts';
import { ImagePreprocessor, preprocessImage, resizedSize } from './preprocess-image.ts';
import { resampleAxis, weightBits } from './resample.ts';

/** Bytes as they are: no rescaling, no normalising. */
const plain = (settings: Partial<ImagePreprocessing>): ImagePreprocessing => ({
  resize: 'squash',
  size: 4,
  cropWidth: settings.size ?? 4,
  cropHeight: settings.size ?? 4,
  resample: 'bicubic',
  rescale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  ...settings,
});

/** `[channel, y, x, value]` of the picture below as Pillow 13 resizes and crops it, scaled and normalised in float32. */
const clipSamples: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 0, -1.748467],
  [0, 0, 223, -1.704672],
  [0, 111, 57, -0.595192],
  [0, 223, 0, -1.763066],
  [0, 223, 223, -1.71927],
  [1, 0, 0, -1.166794],
  [1, 0, 223, -1.541988],
  [1, 111, 57, -1.406918],
  [1, 223, 0, 1.924806],
  [1, 223, 223, 1.549612],
  [2, 0, 0, -1.43756],
  [2, 0, 223, -1.43756],
  [2, 111, 57, -0.513255],
  [2, 223, 0, -1.110498],
  [2, 223, 223, -1.110498],
];
/** Of each whole channel, from the same. */
const clipMeans = [0.069018, 0.038641, 0.297747];

test('a picture of ramps, squares and stripes, as Pillow and torchvision prepare it for CLIP', () => {
  const [width, height, size] = [333, 257, 224];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const square = (Math.floor(x / 9) + Math.floor(y / 5)) % 2;
      rgb.set([(x * 7 + y * 3) % 256, square * 200 + (x % 40), (x * y) % 256], 3 * (y * width + x));
    }
  }
  const settings = { size, cropWidth: size, cropHeight: size, rescale: 1 / 255 };
  // Those of OpenAI's checkpoints.
  const mean: [number, number, number] = [0.48145466, 0.4578275, 0.40821073];
  const std: [number, number, number] = [0.26862954, 0.26130258, 0.27577711];
  const pixels = preprocessImage(rgb, width, height, plain({ ...settings, resize: 'shortest-edge', mean, std }));
  const channelMean = (channel: number): number =>
    pixels.subarray(channel * size * size, (channel + 1) * size * size).reduce((sum, value) => sum + value, 0) /
    (size * size);
  for (const [channel, expected] of clipMeans.entries()) expect(channelMean(channel)).toBeCloseTo(expected, 4);
  for (const [channel, y, x, value] of clipSamples)
    expect(pixels[(channel * size + y) * size + x]).toBeCloseTo(value, 5);
});

/** Row 1 of each channel after resizing the picture below to `size x size`. */
const pillowCases: readonly [Resample, number, readonly (readonly number[])[]][] = [
  [
    'nearest',
    2,
    [
      [221, 16],
      [47, 176],
      [159, 176],
    ],
  ],
  [
    'nearest',
    5,
    [
      [0, 17, 51, 68, 85],
      [0, 43, 129, 172, 215],
      [0, 91, 17, 108, 199],
    ],
  ],
  [
    'box',
    2,
    [
      [221, 101],
      [47, 176],
      [159, 91],
    ],
  ],
  [
    'box',
    5,
    [
      [0, 17, 43, 68, 85],
      [0, 43, 108, 172, 215],
      [0, 91, 100, 108, 199],
    ],
  ],
  [
    'bilinear',
    2,
    [
      [187, 130],
      [57, 164],
      [137, 132],
    ],
  ],
  [
    'bilinear',
    5,
    [
      [45, 64, 84, 103, 122],
      [10, 59, 109, 158, 207],
      [33, 138, 114, 89, 194],
    ],
  ],
  [
    'hamming',
    2,
    [
      [195, 116],
      [51, 170],
      [146, 121],
    ],
  ],
  [
    'hamming',
    5,
    [
      [30, 50, 72, 93, 113],
      [4, 54, 109, 163, 213],
      [16, 121, 110, 98, 203],
    ],
  ],
  [
    'bicubic',
    2,
    [
      [196, 133],
      [52, 169],
      [141, 131],
    ],
  ],
  [
    'bicubic',
    5,
    [
      [33, 53, 74, 102, 126],
      [6, 56, 109, 161, 211],
      [20, 142, 110, 77, 209],
    ],
  ],
  [
    'lanczos',
    2,
    [
      [203, 137],
      [49, 172],
      [143, 135],
    ],
  ],
  [
    'lanczos',
    5,
    [
      [25, 46, 64, 104, 134],
      [5, 56, 107, 159, 210],
      [11, 150, 107, 63, 226],
    ],
  ],
];

describe('small pictures, worked out with Pillow 12', () => {
  // A 6x3 picture whose three channels are 8-bit ramps of different steps.
  const rgb = Uint8Array.from({ length: 6 * 3 * 3 }, (_, at) => (Math.floor(at / 3) * [17, 43, 91][at % 3]!) % 256);
  const row = (values: Float32Array, channel: number, y: number, size: number): number[] =>
    Array.from(values.subarray((channel * size + y) * size, (channel * size + y + 1) * size));

  test.each(pillowCases)('%s', (resample, size, expected) => {
    const values = preprocessImage(rgb, 6, 3, plain({ resample, size }));
    expect([0, 1, 2].map((channel) => row(values, channel, 1, size))).toEqual(expected);
  });
});

describe('weights', () => {
  test('of every output position add up to one, and read only pixels that exist', () => {
    const resamples: Resample[] = ['nearest', 'box', 'bilinear', 'hamming', 'bicubic', 'lanczos'];
    const side = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(...resamples), (input, output, resample) => {
        const { firsts, counts, taps, weights } = resampleAxis(input, output, resample, 0, output);
        for (let position = 0; position < output; position += 1) {
          const own = weights.subarray(position * taps, position * taps + counts[position]!);
          expect(Math.abs(own.reduce((sum, weight) => sum + weight, 0) - (1 << weightBits))).toBeLessThan(taps + 1);
          expect(firsts[position]).toBeGreaterThanOrEqual(0);
          expect(firsts[position]! + counts[position]!).toBeLessThanOrEqual(input);
          expect(counts[position]).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('sizes and crops', () => {
  test('the longer side is cut to a whole number', () => {
    expect(resizedSize(2162, 762, { resize: 'shortest-edge', size: 224 })).toEqual({ width: 635, height: 224 });
    expect(resizedSize(360, 640, { resize: 'shortest-edge', size: 224 })).toEqual({ width: 224, height: 398 });
    expect(resizedSize(360, 640, { resize: 'squash', size: 224 })).toEqual({ width: 224, height: 224 });
  });

  test.each([
    [4, 7, 2],
    [4, 9, 2],
    [4, 8, 2],
  ])('of %d from %d columns begins at column %d: halves go to the even side', (crop, width, first) => {
    // A picture whose columns are numbered, at its own size.
    const rgb = Uint8Array.from({ length: width * 4 * 3 }, (_, at) => Math.floor(at / 3) % width);
    const settings = { resize: 'shortest-edge', size: 4, cropWidth: crop, cropHeight: 4, resample: 'nearest' } as const;
    expect(preprocessImage(rgb, width, 4, plain(settings))[0]).toBe(first);
  });

  test('a crop larger than the picture is padded with black', () => {
    const values = preprocessImage(
      new Uint8Array(12).fill(9),
      2,
      2,
      plain({ size: 2, cropWidth: 4, cropHeight: 4, mean: [1, 1, 1] }),
    );
    expect(Array.from(values.subarray(0, 16))).toEqual([-1, -1, -1, -1, -1, 8, 8, -1, -1, 8, 8, -1, -1, -1, -1, -1]);
  });
});

test('one preprocessor serves pictures of changing sizes', () => {
  const preprocessor = new ImagePreprocessor(plain({ size: 8 }));
  const output = new Float32Array(2 * preprocessor.outputLength);
  const [wide, tall] = [new Uint8Array(20 * 10 * 3).fill(40), new Uint8Array(9 * 33 * 3).fill(70)];
  preprocessor.write(wide, 20, 10, output);
  preprocessor.write(tall, 9, 33, output, preprocessor.outputLength);
  expect(new Set(output.subarray(0, preprocessor.outputLength))).toEqual(new Set([40]));
  expect(new Set(output.subarray(preprocessor.outputLength))).toEqual(new Set([70]));
});

test('a crop off the centre is the picture cut there; the centre is what models are trained with', () => {
  const preprocessing = plain({ resize: 'shortest-edge', size: 4 });
  const rgb = Uint8Array.from({ length: 4 * 10 * 3 }, (_, at) => (at * 7) % 256);
  const written = (place: number | undefined, wide: boolean): number[] => {
    const out = new Float32Array(3 * 4 * 4);
    new ImagePreprocessor(preprocessing).write(rgb, wide ? 10 : 4, wide ? 4 : 10, out, 0, place);
    return [...out];
  };
  const cut = (from: number): number[] =>
    Array.from({ length: 48 }, (_, at) => {
      const [channel, y, x] = [at >> 4, (at >> 2) & 3, at & 3];
      return rgb[3 * (y * 10 + from + x) + channel]!;
    });
  expect(written(0, true)).toEqual(cut(0));
  expect(written(1, true)).toEqual(cut(6));
  expect(written(0.5, true)).toEqual(written(undefined, true));
  expect(written(0, false)).toEqual(Array.from({ length: 48 }, (_, at) => rgb[3 * (at & 15) + (at >> 4)]!));
});
