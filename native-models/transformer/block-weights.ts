import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { LinearWeights } from './attention.ts';
import type { BlockWeights, NormWeights } from './block.ts';

/** A Hugging Face `nn.Linear` by the prefix of its tensors: `weight` `[out, in]`, `bias` `[out]`. */
export const readLinear = (checkpoint: Checkpoint, prefix: string, out: number, width: number): LinearWeights => ({
  weight: checkpoint.tensor(`${prefix}.weight`, [out, width]),
  bias: checkpoint.tensor(`${prefix}.bias`, [out]),
});

/** A linear map without bias. */
export const readProjection = (checkpoint: Checkpoint, prefix: string, out: number, width: number): LinearWeights => ({
  weight: checkpoint.tensor(`${prefix}.weight`, [out, width]),
  bias: null,
});

/** A Hugging Face `nn.LayerNorm`: `weight` and `bias`, `[width]` each. */
export const readNorm = (checkpoint: Checkpoint, prefix: string, width: number): NormWeights => ({
  gain: checkpoint.tensor(`${prefix}.weight`, [width]),
  bias: checkpoint.tensor(`${prefix}.bias`, [width]),
});

/** `self_attn.{q,k,v,out}_proj` and its like under other prefixes. */
export const readAttention = (checkpoint: Checkpoint, prefix: string, width: number): BlockWeights['attention'] => ({
  query: readLinear(checkpoint, `${prefix}.q_proj`, width, width),
  key: readLinear(checkpoint, `${prefix}.k_proj`, width, width),
  value: readLinear(checkpoint, `${prefix}.v_proj`, width, width),
  out: readLinear(checkpoint, `${prefix}.out_proj`, width, width),
});

/** One layer of a Hugging Face CLIP-style encoder (`layer_norm1`, `self_attn`, `layer_norm2`, `mlp.fc1`, `mlp.fc2`). */
export const readBlock = (checkpoint: Checkpoint, prefix: string, width: number, innerWidth: number): BlockWeights => ({
  norm1: readNorm(checkpoint, `${prefix}.layer_norm1`, width),
  attention: readAttention(checkpoint, `${prefix}.self_attn`, width),
  norm2: readNorm(checkpoint, `${prefix}.layer_norm2`, width),
  feedForward: {
    widen: readLinear(checkpoint, `${prefix}.mlp.fc1`, innerWidth, width),
    narrow: readLinear(checkpoint, `${prefix}.mlp.fc2`, width, innerWidth),
  },
});
