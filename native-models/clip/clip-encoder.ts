import path from 'node:path';
import { openCheckpoint, type Checkpoint } from '../checkpoint/checkpoint.ts';
import type { DualEncoder, PictureEncoder, TextEncoder } from '../dual-encoder/dual-encoder.ts';
import { readPreprocessing } from '../image/image-preprocessing.ts';
import { hasOpenClipNames, huggingFaceNames } from '../open-clip/hugging-face-names.ts';
import { readTokenizer } from '../text/tokenizer.ts';
import { readClipConfig, type ClipConfig } from './config.ts';
import { endOfTextPosition, textTower, tokenEmbeddings, type TextTowerConfig } from './text-tower.ts';
import { visionTower } from './vision-tower.ts';

/** Reads a Hugging Face CLIP folder without reading its weights; fails with 'unreadable-model'. */
export function readClip(folder: string): DualEncoder {
  const stored = openCheckpoint(folder);
  const checkpoint = hasOpenClipNames(stored) ? huggingFaceNames(stored) : stored;
  return readClipTowers(folder, checkpoint, { kind: 'CLIP', readAt: endOfTextPosition });
}

/**
 * A model of CLIP's two towers over weights with Hugging Face's names; `readAt` finds where the features of a row of ids
 * are read, given the end mark of the config. Fails with 'unreadable-model'.
 */
export function readClipTowers(
  folder: string,
  checkpoint: Checkpoint,
  { kind, readAt }: { readonly kind: string; readonly readAt: (ids: ArrayLike<number>, end: number) => number },
): DualEncoder {
  const config = readClipConfig(folder);
  const { eos_token_id: end, max_position_embeddings: context, vocab_size: vocabularySize } = config.text_config;
  return {
    folder,
    kind,
    files: [path.join(folder, 'config.json'), ...checkpoint.files],
    dim: config.projection_dim,
    logitScale: Math.exp(checkpoint.number('logit_scale')),
    logitBias: null,
    preprocessing: readPreprocessing(folder, config.vision_config.image_size),
    pictures: clipPictureEncoder(config, checkpoint),
    texts: clipTextEncoder(config, checkpoint, { readAt: (ids) => readAt(ids, end) }),
    tokenizer: readTokenizer(folder, context, { beginsWithMark: true, vocabularySize }),
  };
}

/** CLIP's image encoder over weights with Hugging Face's names. */
export function clipPictureEncoder(config: ClipConfig, checkpoint: Checkpoint): PictureEncoder {
  const { image_size: imageSize, patch_size: patch, num_channels: channels, num_hidden_layers } = config.vision_config;
  return {
    imageSize,
    channels,
    merges: { patches: Math.floor(imageSize / patch) ** 2, blocks: num_hidden_layers },
    encode: (pixels, mergedPerBlock) => visionTower(pixels, config, checkpoint, mergedPerBlock),
  };
}

/**
 * CLIP's text encoder over weights with Hugging Face's names; `readAt` finds where the features of a row of ids are read.
 * `padding` stands after the end of a text, and matters where texts look both ways.
 */
export function clipTextEncoder(
  config: TextTowerConfig,
  checkpoint: Checkpoint,
  { readAt, padding = 0 }: { readonly readAt: TextEncoder['readAt']; readonly padding?: number },
): TextEncoder {
  const { hidden_size: width, vocab_size: rows, no_causal_mask: bothWays } = config.text_config;
  return {
    width,
    contextLength: config.text_config.max_position_embeddings,
    beginsWithMark: true,
    suffixStands: 'before end mark',
    padding,
    paddingIs: bothWays ? 'seen' : 'unseen',
    readAt,
    tokenVectors: (ids) => tokenEmbeddings(ids, config, checkpoint),
    tokenTable: () => checkpoint.values('text_model.embeddings.token_embedding.weight', [rows, width]),
    encode: (tokens, at) => textTower(tokens, at, config, checkpoint),
    causalTower: bothWays ? null : { config, checkpoint },
  };
}
