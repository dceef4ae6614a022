import { say } from '#preload/domain/saying.ts';
import type { ModelCapabilities } from '#preload/domain/model.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import { reshape } from '../graph/arrange.ts';
import { l2Normalise } from '../graph/composites.ts';
import { multiplyDims } from '../graph/dimension.ts';
import { mul } from '../graph/elementwise.ts';
import { input, scalar, type Tensor } from '../graph/tensor.ts';
import { trainableCheckpoint } from '../training/trainable-checkpoint.ts';
import { mergedPerBlock } from '../transformer/token-merging.ts';
import { startingParts } from './starting-parts.ts';
import { withTuning, type XClipParts } from './xclip-parts.ts';
import type { ScorerConfig } from './scorer-config.ts';
import { scoreClips, type ClipScores, type ClipTensors } from './xclip.ts';

/** T, as X-CLIP's base models have it. */
const frameCount = 8;

/** One head for 64 numbers, as the authors' code has it, else eight; null where a width divides into neither. */
const headsOf = (width: number): number | null => (width % 64 === 0 ? width / 64 : width % 8 === 0 ? 8 : null);

/** What a pair of encoders can do; clips it scores by X-CLIP's parts, where their heads divide its width. */
export const capabilitiesOf = ({ dim, tokenizer, pictures }: DualEncoder): ModelCapabilities => ({
  embedsFrames: true,
  embedsTexts: tokenizer !== null,
  takesPromptVectors: true,
  scoresClips: tokenizer !== null && headsOf(dim) !== null,
  mergesTokens: mergedPerBlock(pictures.merges) > 0,
});

/** Sizes of the parts as the base models have them, at the towers' own width. */
function configFor({ dim, kind, files }: DualEncoder): ScorerConfig {
  const heads = headsOf(dim);
  if (heads === null)
    throw unreadable(
      files[0]!,
      say(
        'describes a {{kind}} with features of {{dim}} numbers, which do not divide into the 8 heads that a scorer of clips needs',
        { kind, dim },
      ),
    );
  return {
    projection_dim: dim,
    prompt_layers: 2,
    prompt_num_attention_heads: heads,
    prompt_hidden_act: 'quick_gelu',
    text_config: { layer_norm_eps: 1e-5 },
    vision_config: {
      num_frames: frameCount,
      mit_hidden_size: dim,
      mit_intermediate_size: 4 * dim,
      mit_num_hidden_layers: 1,
      mit_num_attention_heads: heads,
      hidden_act: 'quick_gelu',
      layer_norm_eps: 1e-5,
    },
  };
}

/**
 * X-CLIP's multi-frame integration and video-specific prompts (Ni et al. 2022, s.3.2-3.3) on the towers of any pair of
 * encoders, which stay as they are: frames send each other no messages inside the picture encoder, and prompts look at
 * the features of the frames in the joint space, which every tower has, rather than at its patches. Untaught they score
 * as the mean over the frames does. Fails with 'unreadable-model' where the width does not divide, or `tunedFile` is of
 * another model.
 */
export function partsOnTowers(encoder: DualEncoder, tunedFile: string | null = null): XClipParts {
  const { folder, kind, files, dim, tokenizer, pictures, preprocessing, logitScale, texts } = encoder;
  const config = configFor(encoder);
  const start = startingParts(folder, shapesOf(config), logitScale);
  return {
    folder,
    kind,
    capabilities: capabilitiesOf(encoder),
    files,
    ...withTuning(start, tunedFile),
    trainsPictures: false,
    isServed: false,
    tokenizer,
    preprocessing,
    logitScale,
    picture: [pictures.channels, pictures.imageSize, pictures.imageSize],
    frameCount,
    contextRows: frameCount,
    width: dim,
    promptHeads: config.prompt_num_attention_heads,
    texts,
    encodeClips(pixels) {
      const [clips, count, ...picture] = pixels.shape;
      const { embeds } = pictures.encode(reshape(pixels, [multiplyDims(clips!, count!), ...picture]));
      const frames = reshape(l2Normalise(embeds), [clips!, count!, dim]);
      return { frames, context: frames };
    },
    scoreClips: (clips, names, checkpoint) => scoresOnTowers(clips, names, config, checkpoint),
  };
}

/** Directions alone say what a feature means: rows get numbers of spread 1, near those that X-CLIP's own towers have. */
function scoresOnTowers(
  { frames, context }: ClipTensors,
  names: Tensor,
  config: ScorerConfig,
  checkpoint: Checkpoint,
): ClipScores {
  const spread = scalar(Math.sqrt(config.projection_dim));
  return scoreClips({ frames: mul(frames, spread), context }, mul(l2Normalise(names), spread), config, checkpoint);
}

/** Which tensors there are is asked of the parts themselves. */
function shapesOf(config: ScorerConfig): ReadonlyMap<string, readonly number[]> {
  const { projection_dim: dim } = config;
  const asked = trainableCheckpoint();
  const frames = input('frames', [1, frameCount, dim]);
  scoresOnTowers({ frames, context: frames }, input('names', [1, dim]), config, asked);
  return new Map([...asked.parameters].map(([name, { shape }]) => [name, shape as readonly number[]]));
}
