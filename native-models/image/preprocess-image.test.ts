// Preprocessing equals torchvision on Pillow images: values, sizes and crops.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { sharedSample, sharedSamples } from '#e2e/shared-samples.ts';
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

interface Reference {
  readonly preprocess: { readonly mean: [number, number, number]; readonly std: [number, number, number] };
  readonly 'preprocess_CLIP.png': {
    readonly mean: number;
    readonly std: number;
    readonly channel_means: readonly number[];
    readonly 'samples_[c,y,x]=v': readonly (readonly [number, number, number, number])[];
  };
}

if (!sharedSamples) console.warn('skipped: the shared samples are not beside the checkout');

test.skipIf(!sharedSamples)('CLIP’s own figure, as Pillow and torchvision prepare it for CLIP', () => {
  const { data, width, height } = PNG.sync.read(readFileSync(sharedSample('clip-tokenizer', 'CLIP.png')));
  const reference = JSON.parse(
    readFileSync(sharedSample('clip-tokenizer', 'reference_values.json'), 'utf8'),
  ) as Reference;
  const { mean, std } = reference.preprocess;
  const expected = reference['preprocess_CLIP.png'];
  const rgb = data.filter((_, at) => at % 4 < 3);
  const settings = {
    resize: 'shortest-edge',
    size: 224,
    cropWidth: 224,
    cropHeight: 224,
    rescale: 1 / 255,
    mean,
    std,
  } as const;
  const pixels = preprocessImage(rgb, width, height, plain(settings));
  const average = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(average(pixels)).toBeCloseTo(expected.mean, 5);
  expected.channel_means.forEach((channelMean, channel) => {
    expect(average(pixels.subarray(channel * 224 * 224, (channel + 1) * 224 * 224))).toBeCloseTo(channelMean, 3);
  });
  for (const [channel, y, x, value] of expected['samples_[c,y,x]=v']) {
    expect(pixels[(channel * 224 + y) * 224 + x]).toBeCloseTo(value, 5);
  }
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
