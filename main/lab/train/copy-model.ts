import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Files of a starter model without its weights. */
export const settingFiles = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'];

/** A checkpoint folder as it is, without what may stand beside the checkpoint. */
export function copyModel(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of [...settingFiles, 'model.safetensors']) copyFileSync(path.join(from, name), path.join(to, name));
}
