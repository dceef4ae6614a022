import { openCheckpoint, type Checkpoint } from '../checkpoint/checkpoint.ts';
import { readClipConfig, type ClipConfig } from './config.ts';
import { readClipTokenizer, type ClipTokenizer } from './tokenizer.ts';

/** What a CLIP folder holds, ready to build graphs from. */
export interface ClipParts {
  readonly folder: string;
  readonly config: ClipConfig;
  readonly checkpoint: Checkpoint;
  /** Null where the folder has no tokenizer files: pictures still work, texts do not. */
  readonly tokenizer: ClipTokenizer | null;
}

/** Reads a Hugging Face CLIP folder without reading its weights; fails with 'unreadable-model'. */
export function readClipParts(folder: string): ClipParts {
  const config = readClipConfig(folder);
  const tokenizer = readClipTokenizer(folder, config.text_config.max_position_embeddings);
  return { folder, config, checkpoint: openCheckpoint(folder), tokenizer };
}
