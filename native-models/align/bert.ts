import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Encoded } from '../dual-encoder/dual-encoder.ts';
import { gatherRows, reshape, slice } from '../graph/arrange.ts';
import { add, mul, sub } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import type { Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import { apply, attention, maskedOut } from '../transformer/attention.ts';
import { feedForward, norm } from '../transformer/block.ts';
import { readLinear, readNorm } from '../transformer/block-weights.ts';
import type { AlignConfig } from './config.ts';

/** Rows of the token table: ids int64 `[K, L]` → `[K, L, W]`. */
export const bertTokens = (ids: Tensor, { text_config: text }: AlignConfig, checkpoint: Checkpoint): Tensor =>
  gatherRows(
    checkpoint.tensor('text_model.embeddings.word_embeddings.weight', [text.vocab_size, text.hidden_size]),
    ids,
  );

/**
 * BERT (Devlin et al. 2019) over token vectors `[K, L, W]`; `real` `[K, L]` is 1 at real tokens and 0 at padding. The
 * features are those of the position that `readAt` `[K, L]` marks, the first, projected into the joint space.
 */
export function bert(
  tokens: Tensor,
  readAt: Tensor,
  real: Tensor,
  config: AlignConfig,
  checkpoint: Checkpoint,
): Encoded {
  const text = config.text_config;
  const { hidden_size: width, intermediate_size: inner, layer_norm_eps: epsilon } = text;
  const [texts, length] = tokens.shape;
  const root = 'text_model.embeddings';
  const positions = checkpoint.tensor(`${root}.position_embeddings.weight`, [text.max_position_embeddings, width]);
  const kinds = checkpoint.tensor(`${root}.token_type_embeddings.weight`, [text.type_vocab_size, width]);
  const places = add(slice(positions, 0, 0, length), slice(kinds, 0, 0, 1));
  const mask = reshape(mul(sub(1, real), maskedOut), [texts!, 1, 1, length!]);
  let x = norm(add(tokens, places), readNorm(checkpoint, `${root}.LayerNorm`, width), epsilon);
  for (let layer = 0; layer < text.num_hidden_layers; layer += 1) {
    // Norms come after what is added, not before, as in every block elsewhere here.
    const prefix = `text_model.encoder.layer.${layer}`;
    const map = (name: string) => readLinear(checkpoint, `${prefix}.attention.${name}`, width, width);
    const weights = {
      query: map('self.query'),
      key: map('self.key'),
      value: map('self.value'),
      out: map('output.dense'),
    };
    const attended = add(x, attention(x, x, weights, text.num_attention_heads, mask));
    x = norm(attended, readNorm(checkpoint, `${prefix}.attention.output.LayerNorm`, width), epsilon);
    const layers = {
      widen: readLinear(checkpoint, `${prefix}.intermediate.dense`, inner, width),
      narrow: readLinear(checkpoint, `${prefix}.output.dense`, width, inner),
    };
    const widened = add(x, feedForward(x, layers, activations[text.hidden_act]));
    x = norm(widened, readNorm(checkpoint, `${prefix}.output.LayerNorm`, width), epsilon);
  }
  const first = reshape(matmul(reshape(readAt, [texts!, 1, length!]), x), [texts!, width]);
  const projection = readLinear(checkpoint, 'text_projection', config.projection_dim, width);
  return { lastHidden: x, embeds: apply(projection, first) };
}
