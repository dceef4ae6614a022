import path from 'node:path';
import { openCheckpoint } from '../checkpoint/checkpoint.ts';
import { clipPictureEncoder, clipTextEncoder } from '../clip/clip-encoder.ts';
import { readClipConfig } from '../clip/config.ts';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import { readPreprocessing } from '../image/image-preprocessing.ts';
import { readTokenizer } from '../text/tokenizer.ts';

/**
 * Reads a MetaCLIP 2 folder (Chuang et al. 2025; Hugging Face layout) without reading its weights: CLIP's towers with the
 * multilingual vocabulary of XLM-V, whose end mark is 2. Fails with 'unreadable-model'.
 */
export function readMetaClip(folder: string): DualEncoder {
  const config = readClipConfig(folder);
  const { eos_token_id: end, max_position_embeddings: context, vocab_size: vocabularySize } = config.text_config;
  const checkpoint = openCheckpoint(folder);
  return {
    folder,
    kind: 'MetaCLIP 2',
    files: [path.join(folder, 'config.json'), ...checkpoint.files],
    dim: config.projection_dim,
    logitScale: Math.exp(checkpoint.number('logit_scale')),
    logitBias: null,
    preprocessing: readPreprocessing(folder, config.vision_config.image_size),
    pictures: clipPictureEncoder(config, checkpoint),
    // Here 2 is the end mark itself, not the sign of CLIP's older rule; a text without one is read at its beginning.
    texts: clipTextEncoder(config, checkpoint, (ids) => Math.max(0, Array.from(ids).indexOf(end))),
    tokenizer: readTokenizer(folder, context, { beginsWithMark: true, vocabularySize }),
  };
}
