import path from 'node:path';
import { openCheckpoint, type Checkpoint } from '../checkpoint/checkpoint.ts';
import { overlaid, readChangedTensors } from '../checkpoint/overlay.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import { readTokenizer, type TextTokenizer } from '../text/tokenizer.ts';
import { readXClipConfig, type XClipConfig } from './config.ts';

/** What an X-CLIP folder holds, ready to build graphs from. */
export interface XClipParts {
  readonly folder: string;
  readonly config: XClipConfig;
  readonly checkpoint: Checkpoint;
  /** Names of the tensors that tuning changed; empty for the model as it was published. */
  readonly changed: readonly string[];
  /** Null where the folder has no tokenizer files: clips still encode, names do not. */
  readonly tokenizer: TextTokenizer | null;
}

/**
 * Reads a Hugging Face X-CLIP folder without reading its weights, with the tensors of `tunedFile` in place of its own;
 * fails with 'unreadable-model'.
 */
export function readXClipParts(folder: string, tunedFile: string | null = null): XClipParts {
  const configFile = path.join(folder, 'config.json');
  const published = openCheckpoint(folder);
  if (!published.has('vision_model.encoder.layers.0.message_fc.weight')) {
    throw unreadable(configFile, 'says X-CLIP, but the weights have no message layers: they are those of a plain CLIP');
  }
  const config = readXClipConfig(folder);
  const changed = tunedFile === null ? null : readChangedTensors(tunedFile);
  return {
    folder,
    config,
    checkpoint: changed === null ? published : overlaid(published, changed, tunedFile!),
    changed: [...(changed?.keys() ?? [])],
    tokenizer: readTokenizer(folder, config.text_config.max_position_embeddings, {
      beginsWithMark: true,
      vocabularySize: config.text_config.vocab_size,
    }),
  };
}
