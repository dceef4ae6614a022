import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { add } from '../graph/elementwise.ts';
import { reduceMean } from '../graph/reduce.ts';
import type { Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import { transformerBlock } from '../transformer/block.ts';
import { readBlock } from '../transformer/block-weights.ts';
import type { ScorerConfig } from './scorer-config.ts';

export interface IntegratedFrames {
  /** `[B, T, D]`, the frames' own features added back. */
  readonly lastHidden: Tensor;
  /** `[B, D]`: the video's feature, the mean over its frames, not normalised. */
  readonly video: Tensor;
}

/** X-CLIP's multi-frame integration transformer (Ni et al. 2022, eq. 3): frame features `[B, T, D]` → one feature a video. */
export function integrateFrames(
  frames: Tensor,
  { vision_config: vision }: ScorerConfig,
  checkpoint: Checkpoint,
): IntegratedFrames {
  const width = vision.mit_hidden_size;
  const shape = {
    heads: vision.mit_num_attention_heads,
    activation: activations[vision.hidden_act],
    epsilon: vision.layer_norm_eps,
  };
  let z = add(frames, checkpoint.tensor('mit.position_embedding', [1, vision.num_frames, width]));
  for (let layer = 0; layer < vision.mit_num_hidden_layers; layer += 1) {
    z = transformerBlock(
      z,
      readBlock(checkpoint, `mit.encoder.layers.${layer}`, width, vision.mit_intermediate_size),
      shape,
    );
  }
  const lastHidden = add(z, frames);
  return { lastHidden, video: reduceMean(lastHidden, { axes: [1] }) };
}
