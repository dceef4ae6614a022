import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { gatherRows, reshape, slice } from '../graph/arrange.ts';
import { add } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import type { Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import { apply, causalMask } from '../transformer/attention.ts';
import { norm, transformerBlock } from '../transformer/block.ts';
import { readBlock, readNorm, readProjection } from '../transformer/block-weights.ts';
import type { ClipTextConfig } from './config.ts';

/** The part of a model's configuration that shapes its text encoder; X-CLIP has the same. */
export interface TextTowerConfig {
  readonly projection_dim: number;
  readonly text_config: ClipTextConfig;
}

/** What CLIP's text encoder computes; only what is asked for is ever run. */
interface TextTower {
  /** `[K, L, W]`, after the final layer norm. */
  readonly lastHidden: Tensor;
  /** `[K, D]`: the row at each text's end-of-text token, projected into the joint space, not normalised. */
  readonly embeds: Tensor;
}

/** Rows of the token table: ids int64 `[K, L]` → `[K, L, W]`. */
export function tokenEmbeddings(ids: Tensor, { text_config: text }: TextTowerConfig, checkpoint: Checkpoint): Tensor {
  return gatherRows(
    checkpoint.tensor('text_model.embeddings.token_embedding.weight', [text.vocab_size, text.hidden_size]),
    ids,
  );
}

/**
 * CLIP's text encoder (Radford et al. 2021, s.2.4) over token vectors `[K, L, W]`, L up to the context length, however
 * they came about. `endOfText` `[K, L]` is 1 at each text's end-of-text position and 0 elsewhere. The causal mask makes
 * whatever follows that position without effect, so that texts of different lengths need no further mask; without one
 * (`no_causal_mask`) texts must be padded to the whole context, as in training.
 */
export function textTower(
  tokens: Tensor,
  endOfText: Tensor,
  config: TextTowerConfig,
  checkpoint: Checkpoint,
): TextTower {
  const text = config.text_config;
  const width = text.hidden_size;
  const context = text.max_position_embeddings;
  const [texts, length] = tokens.shape;
  const shape = {
    heads: text.num_attention_heads,
    activation: activations[text.hidden_act],
    epsilon: text.layer_norm_eps,
  };

  const positions = checkpoint.tensor('text_model.embeddings.position_embedding.weight', [context, width]);
  const mask = text.no_causal_mask ? null : slice(slice(causalMask(context), 0, 0, length), 1, 0, length);
  let x = add(tokens, slice(positions, 0, 0, length));
  for (let layer = 0; layer < text.num_hidden_layers; layer += 1) {
    const weights = readBlock(checkpoint, `text_model.encoder.layers.${layer}`, width, text.intermediate_size);
    x = transformerBlock(x, weights, shape, mask);
  }
  const finalNorm = readNorm(checkpoint, 'text_model.final_layer_norm', width);
  const atEnd = reshape(matmul(reshape(endOfText, [texts!, 1, length!]), x), [texts!, width]);
  return {
    lastHidden: norm(x, finalNorm, shape.epsilon),
    embeds: apply(
      readProjection(checkpoint, 'text_projection', config.projection_dim, width),
      norm(atEnd, finalNorm, shape.epsilon),
    ),
  };
}

/**
 * Where a text's features are read: the end-of-text position. Configurations that still carry the legacy
 * `eos_token_id` 2 take the highest id; all others take the first occurrence of `eos_token_id` (transformers #24773).
 */
export const endOfTextPosition = (ids: ArrayLike<number>, eosTokenId: number): number =>
  eosTokenId === 2 ? highestPosition(ids) : firstPosition(ids, eosTokenId);

/** The first position of the highest id. */
export function highestPosition(ids: ArrayLike<number>): number {
  const list = Array.from(ids);
  return firstPosition(
    list,
    list.reduce((a, b) => Math.max(a, b), -1),
  );
}

/** The first position of `id`; as the references have it, a text without one is read at its beginning. */
export const firstPosition = (ids: ArrayLike<number>, id: number): number => Math.max(0, Array.from(ids).indexOf(id));
