import { existsSync } from 'node:fs';
import path from 'node:path';
import { openCheckpoint, openClipWeightNames, weightNames } from '../checkpoint/checkpoint.ts';
import { clipPictureEncoder, clipTextEncoder } from '../clip/clip-encoder.ts';
import { firstPosition, highestPosition } from '../clip/text-tower.ts';
import { dualEncoderFamily } from '../dual-encoder/dual-encoder-family.ts';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import { readPreprocessing } from '../image/image-preprocessing.ts';
import { perceptionPictureEncoder } from '../perception-encoder/perception-vision.ts';
import { readTokenizer } from '../text/tokenizer.ts';
import { openClipConfigName, readOpenClipConfig } from './config.ts';
import { huggingFaceNames } from './hugging-face-names.ts';

/** CLIP as open_clip keeps it (LAION, DataComp, DFN, MetaCLIP), PE-Core, and OpenAI's own weights. */
export const openClipFamily = dualEncoderFamily('CLIP (open_clip)', 'open_clip', readOpenClip);

/** Reads a folder in open_clip's layout without reading its weights; fails with 'unreadable-model'. */
function readOpenClip(folder: string): DualEncoder {
  // Beside them may lie the picture encoder alone, in another library's layout.
  const stored = openCheckpoint(folder, [...openClipWeightNames, ...weightNames]);
  const { config, texts, perception, preprocessing } = readOpenClipConfig(folder, stored);
  const checkpoint = huggingFaceNames(stored);
  const { max_position_embeddings: context, vocab_size: vocabularySize } = config.text_config;
  const { end, padding } = texts;
  return {
    folder,
    kind: perception ? 'Perception Encoder' : 'CLIP (open_clip)',
    files: [path.join(folder, openClipConfigName), ...checkpoint.files].filter((file) => existsSync(file)),
    dim: config.projection_dim,
    logitScale: Math.exp(checkpoint.number('logit_scale')),
    logitBias: checkpoint.has('logit_bias') ? checkpoint.number('logit_bias') : null,
    preprocessing: readPreprocessing(folder, config.vision_config.image_size, preprocessing),
    pictures: perception ? perceptionPictureEncoder(perception, stored) : clipPictureEncoder(config, checkpoint),
    texts: clipTextEncoder(config, checkpoint, {
      readAt: (ids) => (end === null ? highestPosition(ids) : firstPosition(ids, end)),
      padding,
    }),
    tokenizer: readTokenizer(folder, context, { beginsWithMark: true, vocabularySize }),
  };
}
