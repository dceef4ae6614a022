import { say } from '#preload/domain/saying.ts';
import path from 'node:path';
import type { ModelCapabilities } from '#preload/domain/model.ts';
import { openCheckpoint, type Checkpoint } from '../checkpoint/checkpoint.ts';
import { overlaid, readChangedTensors } from '../checkpoint/overlay.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import type { TextEncoder } from '../dual-encoder/dual-encoder.ts';
import type { Tensor } from '../graph/tensor.ts';
import {
  readPreprocessing,
  type ImagePreprocessing,
  type PreprocessingDefaults,
} from '../image/image-preprocessing.ts';
import { readTokenizer, type TextTokenizer } from '../text/tokenizer.ts';
import { contextRowsOf, readXClipConfig, type XClipConfig } from './config.ts';
import { encodeClips, nameEncoder, scoreClips, type ClipScores, type ClipTensors } from './xclip.ts';

/** X-CLIP's parts on a pair of towers, ready to build graphs from: as they were published together, or on others. */
export interface XClipParts {
  readonly folder: string;
  /** The towers' family, as people read it. */
  readonly kind: string;
  readonly capabilities: ModelCapabilities;
  /** The files that make the model what it is, without those of tuning. */
  readonly files: readonly string[];
  /** Every tensor that can be trained, as it is now. */
  readonly checkpoint: Checkpoint;
  /** Names of the tensors that tuning changed; empty for the model as it was published. */
  readonly changed: readonly string[];
  /** Whether the picture encoder can be trained as well: where it is X-CLIP's own. */
  readonly trainsPictures: boolean;
  /** Whether servers are given its pieces (`models export`): where all of it is published together. */
  readonly isServed: boolean;
  /** Null where the folder has no tokenizer files: clips still encode, names do not. */
  readonly tokenizer: TextTokenizer | null;
  readonly preprocessing: ImagePreprocessing;
  /** What cosines are multiplied with. */
  readonly logitScale: number;
  /** `[3, H, W]` of a frame. */
  readonly picture: readonly [channels: number, height: number, width: number];
  /** T. */
  readonly frameCount: number;
  /** P, the rows of a clip's context. */
  readonly contextRows: number;
  /** D. */
  readonly width: number;
  /** Of the prompt generator. */
  readonly promptHeads: number;
  readonly texts: TextEncoder;
  /** Pixels `[B, T, 3, H, W]` → what the clips are remembered by. */
  encodeClips(pixels: Tensor, checkpoint: Checkpoint): ClipTensors;
  /** How well class names `[K, D]` fit encoded clips. */
  scoreClips(clips: ClipTensors, names: Tensor, checkpoint: Checkpoint): ClipScores;
}

/** What X-CLIP was trained with (microsoft/VideoX, X-CLIP datasets/build.py): bilinear, ImageNet's mean and deviation. */
const xclipPreprocessing: PreprocessingDefaults = {
  resize: 'shortest-edge',
  resample: 2,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/**
 * Reads a Hugging Face X-CLIP folder without reading its weights, with the tensors of `tunedFile` in place of its own;
 * fails with 'unreadable-model'.
 */
export function readXClipParts(
  folder: string,
  tunedFile: string | null = null,
): XClipParts & { readonly config: XClipConfig } {
  const configFile = path.join(folder, 'config.json');
  const published = openCheckpoint(folder);
  if (!published.has('vision_model.encoder.layers.0.message_fc.weight')) {
    throw unreadable(
      configFile,
      say('says X-CLIP, but the weights have no message layers: they are those of a plain CLIP'),
    );
  }
  const config = readXClipConfig(folder);
  const { image_size: size, num_frames: frameCount, num_channels: channels } = config.vision_config;
  const tokenizer = readTokenizer(folder, config.text_config.max_position_embeddings, {
    beginsWithMark: true,
    vocabularySize: config.text_config.vocab_size,
  });
  const tuned = withTuning(published, tunedFile);
  return {
    folder,
    kind: 'X-CLIP',
    capabilities: {
      embedsFrames: false,
      embedsTexts: tokenizer !== null,
      takesPromptVectors: false,
      scoresClips: true,
      mergesTokens: false,
    },
    files: [configFile, ...published.files],
    ...tuned,
    trainsPictures: true,
    isServed: true,
    config,
    tokenizer,
    preprocessing: readPreprocessing(folder, size, xclipPreprocessing),
    logitScale: Math.exp(tuned.checkpoint.number('logit_scale')),
    picture: [channels, size, size],
    frameCount,
    contextRows: contextRowsOf(config),
    width: config.projection_dim,
    promptHeads: config.prompt_num_attention_heads,
    texts: nameEncoder(config, tuned.checkpoint),
    encodeClips: (pixels, checkpoint) => encodeClips(pixels, config, checkpoint),
    scoreClips: (clips, names, checkpoint) => scoreClips(clips, names, config, checkpoint),
  };
}

/** A checkpoint with what tuning changed in it. Fails with 'unreadable-model' where that was another model's. */
export function withTuning(
  published: Checkpoint,
  tunedFile: string | null,
): Pick<XClipParts, 'checkpoint' | 'changed'> {
  if (tunedFile === null) return { checkpoint: published, changed: [] };
  const changed = readChangedTensors(tunedFile);
  return { checkpoint: overlaid(published, changed, tunedFile), changed: [...changed.keys()] };
}
