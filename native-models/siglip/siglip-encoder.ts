import path from 'node:path';
import { openCheckpoint } from '../checkpoint/checkpoint.ts';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import { readPreprocessing, type PreprocessingDefaults } from '../image/image-preprocessing.ts';
import { readTokenizer } from '../text/tokenizer.ts';
import { readSiglipConfig } from './config.ts';
import { siglipText, siglipTokens, siglipVision } from './siglip.ts';

/** Both sides become the model's (google-research/big_vision; SiglipImageProcessor). */
const siglipPreprocessing: PreprocessingDefaults = {
  resize: 'squash',
  resample: 3,
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};

/** Reads a SigLIP or SigLIP 2 folder (Hugging Face layout) without reading its weights; fails with 'unreadable-model'. */
export function readSiglip(folder: string): DualEncoder {
  const config = readSiglipConfig(folder);
  const { text_config: text, vision_config: vision } = config;
  const checkpoint = openCheckpoint(folder);
  const tokenizer = readTokenizer(folder, text.max_position_embeddings, {
    beginsWithMark: false,
    vocabularySize: text.vocab_size,
    prepare: canonical,
  });
  return {
    folder,
    kind: 'SigLIP',
    files: [path.join(folder, 'config.json'), ...checkpoint.files],
    dim: vision.hidden_size,
    logitScale: Math.exp(checkpoint.number('logit_scale')),
    logitBias: checkpoint.number('logit_bias'),
    preprocessing: readPreprocessing(folder, vision.image_size, siglipPreprocessing),
    pictures: {
      imageSize: vision.image_size,
      channels: vision.num_channels,
      merges: { patches: Math.floor(vision.image_size / vision.patch_size) ** 2, blocks: vision.num_hidden_layers },
      encode: (pixels, mergedPerBlock) => siglipVision(pixels, config, checkpoint, mergedPerBlock),
    },
    texts: {
      width: text.hidden_size,
      contextLength: text.max_position_embeddings,
      beginsWithMark: false,
      suffixStands: 'after end mark',
      // Configurations of SigLIP 2 leave its padding to the tokenizer.
      padding: tokenizer?.padding ?? text.pad_token_id,
      paddingIs: 'seen',
      readAt: (ids) => ids.length - 1,
      tokenVectors: (ids) => siglipTokens(ids, config, checkpoint),
      tokenTable: () =>
        checkpoint.values('text_model.embeddings.token_embedding.weight', [text.vocab_size, text.hidden_size]),
      encode: (tokens, readAt) => siglipText(tokens, readAt, config, checkpoint),
      causalTower: null,
    },
    tokenizer,
  };
}

/** What both SigLIPs were trained with: lower case, no punctuation, single spaces (big_vision pp/tokenizer). */
const canonical = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[!-/:-@[-`{-~]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
