import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clipTokenizer } from './clip-tokenizer-files.ts';

const fixture = path.resolve(import.meta.dirname, '..', '..', 'native-models', 'fixtures', 'clip-legacy-eos');

/** Sizes of the random CLIP that `makeTinyCheckpoint` copies. */
const vocabularySize = 640;
const imageSize = 32;

/**
 * A complete, tiny checkpoint folder in the Hugging Face layout: the random CLIP of the fixtures with a tokenizer and a
 * preprocessor, so that videos can be embedded and class names typed. Its answers mean nothing; they are always the same.
 * @returns the folder, made where it was missing.
 */
export async function makeTinyCheckpoint(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const file of ['config.json', 'model.safetensors', 'expected.safetensors']) {
    await cp(path.join(fixture, file), path.join(folder, file));
  }
  const { tokenizer, tokenizerConfig } = clipTokenizer(vocabularySize);
  await writeJson(folder, 'tokenizer.json', tokenizer);
  await writeJson(folder, 'tokenizer_config.json', tokenizerConfig);
  await writeJson(folder, 'preprocessor_config.json', clipPreprocessor(imageSize));
  return folder;
}

/** CLIP's image preprocessing for square images of `size` pixels, as `preprocessor_config.json` states it. */
export function clipPreprocessor(size: number): object {
  return {
    image_processor_type: 'CLIPImageProcessor',
    do_convert_rgb: true,
    do_resize: true,
    size: { shortest_edge: size },
    resample: 3,
    do_center_crop: true,
    crop_size: { height: size, width: size },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: [0.48145466, 0.4578275, 0.40821073],
    image_std: [0.26862954, 0.26130258, 0.27577711],
  };
}

async function writeJson(folder: string, name: string, value: object): Promise<void> {
  await writeFile(path.join(folder, name), `${JSON.stringify(value)}\n`);
}
