import path from 'node:path';
import { openCheckpoint } from '../checkpoint/checkpoint.ts';
import { dualEncoderFamily } from '../dual-encoder/dual-encoder-family.ts';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import { readCropSize, readPreprocessing, type PreprocessingDefaults } from '../image/image-preprocessing.ts';
import { readTokenizer } from '../text/tokenizer.ts';
import { bert, bertTokens } from './bert.ts';
import { readAlignConfig } from './config.ts';
import { efficientNet } from './efficient-net.ts';

/** ALIGN (Jia et al. 2021): EfficientNet for pictures, BERT for texts. */
export const alignFamily = dualEncoderFamily('ALIGN', 'align', readAlign);

/** Bytes become −1 to 1. */
const alignPreprocessing: PreprocessingDefaults = {
  resize: 'squash',
  resample: 2,
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};

/** Tokens of a text in training; BERT itself would read more. */
const longestText = 64;

/** Reads an ALIGN folder (Hugging Face layout) without reading its weights; fails with 'unreadable-model'. */
function readAlign(folder: string): DualEncoder {
  const config = readAlignConfig(folder);
  const { text_config: text, vision_config: vision } = config;
  const checkpoint = openCheckpoint(folder);
  const contextLength = Math.min(longestText, text.max_position_embeddings);
  // Convolutions take pictures of any size: what counts is how they are prepared.
  const imageSize = readCropSize(folder) ?? vision.image_size;
  return {
    folder,
    kind: 'ALIGN',
    files: [path.join(folder, 'config.json'), ...checkpoint.files],
    dim: config.projection_dim,
    logitScale: 1 / checkpoint.number('temperature'),
    logitBias: null,
    preprocessing: readPreprocessing(folder, imageSize, alignPreprocessing),
    pictures: {
      imageSize,
      channels: vision.num_channels,
      merges: null,
      encode: (pixels) => efficientNet(pixels, config, checkpoint),
    },
    texts: {
      width: text.hidden_size,
      contextLength,
      beginsWithMark: true,
      suffixStands: 'before end mark',
      padding: text.pad_token_id,
      paddingIs: 'masked',
      readAt: () => 0,
      tokenVectors: (ids) => bertTokens(ids, config, checkpoint),
      tokenTable: () =>
        checkpoint.values('text_model.embeddings.word_embeddings.weight', [text.vocab_size, text.hidden_size]),
      encode: (tokens, readAt, real) => bert(tokens, readAt, real!, config, checkpoint),
      causalTower: null,
    },
    tokenizer: readTokenizer(folder, contextLength, { beginsWithMark: true, vocabularySize: text.vocab_size }),
  };
}
