// Protects: preprocessor_config.json in all its published forms gives the preprocessing it means, and a stable key.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preprocessingHash, readPreprocessing } from './image-preprocessing.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'preprocessing-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(config: object): void {
  writeFileSync(path.join(folder, 'preprocessor_config.json'), JSON.stringify(config));
}

const clip = {
  resize: 'shortest-edge',
  size: 224,
  cropWidth: 224,
  cropHeight: 224,
  resample: 'bicubic',
  rescale: 1 / 255,
  mean: [0.48145466, 0.4578275, 0.40821073],
};

describe('published forms', () => {
  test('no file: CLIP as OpenAI has it, at the size of the model', () => {
    const nothing = mkdtempSync(path.join(tmpdir(), 'preprocessing-'));
    expect(readPreprocessing(nothing, 224)).toMatchObject(clip);
    expect(readPreprocessing(nothing, 336)).toMatchObject({ size: 336, cropWidth: 336 });
    writeFileSync(path.join(nothing, 'processor_config.json'), '{"image_processor": {"resample": 2}}');
    expect(readPreprocessing(nothing, 224).resample).toBe('bilinear');
    rmSync(nothing, { recursive: true });
  });

  test('sizes as numbers (old) and as objects (new) mean the same', () => {
    write({
      crop_size: 224,
      size: 224,
      resample: 3,
      do_center_crop: true,
      feature_extractor_type: 'CLIPFeatureExtractor',
    });
    const old = readPreprocessing(folder, 224);
    write({
      crop_size: { height: 224, width: 224 },
      size: { shortest_edge: 224 },
      do_rescale: true,
      rescale_factor: 0.00392156862745098,
    });
    expect(readPreprocessing(folder, 224)).toEqual(old);
    expect(old).toMatchObject(clip);
  });

  test('both sides given: squashed; no normalising: mean 0 and std 1', () => {
    write({ size: { height: 224, width: 224 }, do_center_crop: false, do_normalize: false, resample: 2 });
    expect(readPreprocessing(folder, 224)).toMatchObject({
      resize: 'squash',
      mean: [0, 0, 0],
      std: [1, 1, 1],
      resample: 'bilinear',
    });
  });

  test("X-CLIP's: ImageNet's mean and std", () => {
    write({ size: 224, resample: 2, image_mean: [0.485, 0.456, 0.406], image_std: [0.229, 0.224, 0.225] });
    expect(readPreprocessing(folder, 224)).toMatchObject({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
  });

  test.each([
    [
      'another size than the model takes',
      { crop_size: 256 },
      /preprocessor_config\.json crops to 256×256, but the model takes 224×224\. Correct it there, or take the file/,
    ],
    ['no resizing', { do_resize: false }, /turns resizing off/],
    ['a rectangle', { size: { height: 224, width: 112 } }, /only squares/],
    ['a division by zero', { image_std: [0, 1, 1] }, /image_std/],
  ])('%s is refused', (_, config, message) => {
    write(config);
    expect(() => readPreprocessing(folder, 224)).toThrow(message);
  });
});

test('the hash differs with every setting, and only with settings', () => {
  write({});
  const base = readPreprocessing(folder, 224);
  const variants = [
    base,
    { ...base, size: 256 },
    { ...base, resample: 'bilinear' as const },
    { ...base, rescale: 1 },
    { ...base, mean: [0, 0, 0] as const },
  ];
  expect(new Set(variants.map(preprocessingHash)).size).toBe(variants.length);
  expect(preprocessingHash({ ...base })).toBe(preprocessingHash(base));
});
