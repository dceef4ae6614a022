import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { concat, expand, reshape } from '../graph/arrange.ts';
import { add } from '../graph/elementwise.ts';
import type { Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import { apply } from '../transformer/attention.ts';
import { firstRowOfBlock, norm, mergingBlock, type BlockWeights } from '../transformer/block.ts';
import { readBlock, readNorm, readProjection } from '../transformer/block-weights.ts';
import { embedPatches } from '../transformer/patches.ts';
import type { Tokens } from '../transformer/token-merging.ts';
import type { ClipConfig, ClipVisionConfig } from './config.ts';

/** What CLIP's image encoder computes; only what is asked for is ever run. */
interface VisionTower {
  /** `[B, 1 + patches, V]`, fewer rows where some were merged, before the last layer norm. */
  readonly lastHidden: Tensor;
  /** `[B, D]`, projected into the joint space, not normalised. */
  readonly embeds: Tensor;
}

/**
 * The ViT of CLIP (Radford et al. 2021, s.2.4; Dosovitskiy et al. 2021): pixels `[B, 3, H, W]`, already normalised. Each
 * block merges `mergedPerBlock` tokens; after the last nothing looks at them, so that it merges none.
 */
export function visionTower(
  pixels: Tensor,
  config: ClipConfig,
  checkpoint: Checkpoint,
  mergedPerBlock = 0,
): VisionTower {
  const vision = config.vision_config;
  const width = vision.hidden_size;
  const shape = {
    heads: vision.num_attention_heads,
    activation: activations[vision.hidden_act],
    epsilon: vision.layer_norm_eps,
  };

  const embedded = visionEmbeddings(pixels, vision, checkpoint);
  const rows = norm(embedded, readNorm(checkpoint, 'vision_model.pre_layrnorm', width), shape.epsilon);
  const weightsOf = (layer: number): BlockWeights =>
    readBlock(checkpoint, `vision_model.encoder.layers.${layer}`, width, vision.intermediate_size);
  const last = vision.num_hidden_layers - 1;
  let tokens: Tokens = { rows, sizes: null };
  for (let layer = 0; layer < last; layer += 1)
    tokens = mergingBlock(tokens, weightsOf(layer), shape, { perBlock: mergedPerBlock, kept: 1 });
  const classToken = firstRowOfBlock(tokens, weightsOf(last), shape);
  const pooled = norm(classToken, readNorm(checkpoint, 'vision_model.post_layernorm', width), shape.epsilon);
  return {
    lastHidden: mergingBlock(tokens, weightsOf(last), shape, { perBlock: 0, kept: 1 }).rows,
    embeds: apply(readProjection(checkpoint, 'visual_projection', config.projection_dim, width), pooled),
  };
}

/** Class token and patches with their positions: `[B, 3, H, W]` → `[B, 1 + patches, V]`. */
export function visionEmbeddings(pixels: Tensor, vision: ClipVisionConfig, checkpoint: Checkpoint): Tensor {
  const { hidden_size: width, patch_size: patch, num_channels: channels, image_size: size } = vision;
  const grid = Math.floor(size / patch);
  const batch = pixels.shape[0]!;
  const prefix = 'vision_model.embeddings';

  const patches = embedPatches(pixels, size, {
    weight: checkpoint.tensor(`${prefix}.patch_embedding.weight`, [width, channels, patch, patch]),
    bias: null,
  });

  const classToken = reshape(checkpoint.tensor(`${prefix}.class_embedding`, [width]), [1, 1, width]);
  const positions = checkpoint.tensor(`${prefix}.position_embedding.weight`, [1 + grid * grid, width]);
  return add(concat([expand(classToken, [batch, 1, width]), patches], 1), positions);
}
