import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { clipPreprocessor } from './preprocessor-config.ts';
import { tinyTokenizerFiles } from './tiny-tokenizer.ts';
import { writeModelFiles } from './write-model-files.ts';

const fixture = path.resolve(import.meta.dirname, '..', '..', 'native-models', 'fixtures', 'clip-legacy-eos');

/** Of the random CLIP that `makeTinyCheckpoint` copies. */
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
  writeModelFiles(folder, { ...tinyTokenizerFiles(), 'preprocessor_config.json': clipPreprocessor(imageSize) });
  return folder;
}
