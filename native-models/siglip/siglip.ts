import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Encoded } from '../dual-encoder/dual-encoder.ts';
import { expand, gatherRows, reshape, slice } from '../graph/arrange.ts';
import { add } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import type { Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import { apply, attention, type AttentionWeights, type LinearWeights } from '../transformer/attention.ts';
import { feedForward, mergingBlock, norm, type BlockShape } from '../transformer/block.ts';
import { readBlock, readLinear, readNorm } from '../transformer/block-weights.ts';
import { embedPatches } from '../transformer/patches.ts';
import { proportional, type Tokens } from '../transformer/token-merging.ts';
import type { SiglipConfig } from './config.ts';

type Tower = SiglipConfig['text_config'] | SiglipConfig['vision_config'];

const shapeOf = (tower: Tower): BlockShape => ({
  heads: tower.num_attention_heads,
  activation: activations[tower.hidden_act],
  epsilon: tower.layer_norm_eps,
});

/** Rows `[B, L, W]` through all blocks of a tower, each of which merges so many. */
function blocks(rows: Tensor, prefix: string, tower: Tower, checkpoint: Checkpoint, perBlock = 0): Tokens {
  let tokens: Tokens = { rows, sizes: null };
  for (let layer = 0; layer < tower.num_hidden_layers; layer += 1) {
    const name = `${prefix}.encoder.layers.${layer}`;
    const weights = readBlock(checkpoint, name, tower.hidden_size, tower.intermediate_size);
    tokens = mergingBlock(tokens, weights, shapeOf(tower), { perBlock, kept: 0 });
  }
  return tokens;
}

/** Rows of the token table: ids int64 `[K, L]` → `[K, L, W]`. */
export const siglipTokens = (ids: Tensor, { text_config: text }: SiglipConfig, checkpoint: Checkpoint): Tensor =>
  gatherRows(
    checkpoint.tensor('text_model.embeddings.token_embedding.weight', [text.vocab_size, text.hidden_size]),
    ids,
  );

/**
 * SigLIP's text encoder (Zhai et al. 2023) over token vectors `[K, L, W]` that fill the context: every position sees every
 * other, padding included, and the features are those of the position that `readAt` `[K, L]` marks, which is the last.
 */
export function siglipText(tokens: Tensor, readAt: Tensor, config: SiglipConfig, checkpoint: Checkpoint): Encoded {
  const text = config.text_config;
  const width = text.hidden_size;
  const [texts, length] = tokens.shape;
  const positions = checkpoint.tensor('text_model.embeddings.position_embedding.weight', [
    text.max_position_embeddings,
    width,
  ]);
  const { rows } = blocks(add(tokens, slice(positions, 0, 0, length)), 'text_model', text, checkpoint);
  const lastHidden = norm(rows, readNorm(checkpoint, 'text_model.final_layer_norm', width), text.layer_norm_eps);
  const last = reshape(matmul(reshape(readAt, [texts!, 1, length!]), lastHidden), [texts!, width]);
  return { lastHidden, embeds: apply(readLinear(checkpoint, 'text_model.head', text.projection_size, width), last) };
}

/**
 * SigLIP's image encoder: a ViT without class token, each block of which merges `mergedPerBlock` patches; they are pooled
 * by attention. Pixels `[B, 3, H, W]`.
 */
export function siglipVision(
  pixels: Tensor,
  config: SiglipConfig,
  checkpoint: Checkpoint,
  mergedPerBlock = 0,
): Encoded {
  const vision = config.vision_config;
  const { hidden_size: width, patch_size: patch, num_channels: channels } = vision;
  const prefix = 'vision_model';
  const patches = embedPatches(pixels, vision.image_size, {
    weight: checkpoint.tensor(`${prefix}.embeddings.patch_embedding.weight`, [width, channels, patch, patch]),
    bias: checkpoint.tensor(`${prefix}.embeddings.patch_embedding.bias`, [width]),
  });
  const positions = checkpoint.tensor(`${prefix}.embeddings.position_embedding.weight`, [
    patches.shape[1] as number,
    width,
  ]);
  const { rows, sizes } = blocks(add(patches, positions), prefix, vision, checkpoint, mergedPerBlock);
  const lastHidden = norm(rows, readNorm(checkpoint, `${prefix}.post_layernorm`, width), vision.layer_norm_eps);
  return { lastHidden, embeds: attentionPool({ rows: lastHidden, sizes }, `${prefix}.head`, vision, checkpoint) };
}

/** One learned query looks at all tokens, then a feed-forward layer: `[B, W]` (the MAP head of Zhai et al. 2022). */
function attentionPool(
  { rows, sizes }: Tokens,
  prefix: string,
  vision: SiglipConfig['vision_config'],
  checkpoint: Checkpoint,
): Tensor {
  const width = vision.hidden_size;
  const batch = rows.shape[0]!;
  const probe = expand(checkpoint.tensor(`${prefix}.probe`, [1, 1, width]), [batch, 1, width]);
  const weights = joinedAttention(checkpoint, `${prefix}.attention`, width);
  const pooled = attention(probe, rows, weights, vision.num_attention_heads, proportional(sizes));
  const normed = norm(pooled, readNorm(checkpoint, `${prefix}.layernorm`, width), vision.layer_norm_eps);
  const layers = {
    widen: readLinear(checkpoint, `${prefix}.mlp.fc1`, vision.intermediate_size, width),
    narrow: readLinear(checkpoint, `${prefix}.mlp.fc2`, width, vision.intermediate_size),
  };
  const pool = add(pooled, feedForward(normed, layers, activations[vision.hidden_act]));
  return reshape(pool, [batch, width]);
}

/** PyTorch's own attention keeps the weights of queries, keys and values in one tensor, one after the other. */
function joinedAttention(checkpoint: Checkpoint, prefix: string, width: number): AttentionWeights {
  const part = (at: number): LinearWeights => ({
    weight: checkpoint.rows(`${prefix}.in_proj_weight`, [3 * width, width], at * width, (at + 1) * width),
    bias: checkpoint.rows(`${prefix}.in_proj_bias`, [3 * width], at * width, (at + 1) * width),
  });
  return {
    query: part(0),
    key: part(1),
    value: part(2),
    out: readLinear(checkpoint, `${prefix}.out_proj`, width, width),
  };
}
