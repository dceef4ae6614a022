import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { expand, reshape } from '../graph/arrange.ts';
import { add, mul } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { reduceMean } from '../graph/reduce.ts';
import type { Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import { attention } from '../transformer/attention.ts';
import { feedForward, norm } from '../transformer/block.ts';
import { readLinear, readNorm, readProjection } from '../transformer/block-weights.ts';
import type { XClipConfig } from './config.ts';
import type { ScorerConfig } from './scorer-config.ts';

/**
 * What the prompt generator sees of a video: patch tokens `[B · T, P, V]` → `[B, P, D]`, normalised, projected and
 * averaged over time (Ni et al. 2022, s.3.3).
 */
export function patchContext(patches: Tensor, config: XClipConfig, checkpoint: Checkpoint): Tensor {
  const { vision_config: vision, projection_dim: dim } = config;
  const normed = norm(
    patches,
    readNorm(checkpoint, 'prompts_visual_layernorm', vision.hidden_size),
    vision.layer_norm_eps,
  );
  const projected = matmul(normed, checkpoint.tensor('prompts_visual_projection', [vision.hidden_size, dim]));
  return reduceMean(reshape(projected, [-1, vision.num_frames, patches.shape[1]!, dim]), { axes: [1] });
}

/**
 * Class texts that have looked at each video (Ni et al. 2022, eq. 7-8): context `[B, P, D]` and class features `[K, D]`
 * → `[B, K, D]`, not normalised. A learned weight α says how much of what they saw is added.
 */
export function videoSpecificTexts(
  context: Tensor,
  texts: Tensor,
  config: ScorerConfig,
  checkpoint: Checkpoint,
): Tensor {
  const dim = config.projection_dim;
  const epsilon = config.text_config.layer_norm_eps;
  const [classes] = texts.shape;
  const perVideo = expand(reshape(texts, [1, classes!, dim]), [context.shape[0]!, classes!, dim]);
  const seen = norm(
    context,
    readNorm(checkpoint, 'prompts_generator.layernorm', dim),
    config.vision_config.layer_norm_eps,
  );

  let prompt = perVideo;
  for (let layer = 0; layer < config.prompt_layers; layer += 1) {
    const prefix = `prompts_generator.decoder.${layer}`;
    const crossAttention = {
      query: readProjection(checkpoint, `${prefix}.cross_attn.q_proj`, dim, dim),
      key: readProjection(checkpoint, `${prefix}.cross_attn.k_proj`, dim, dim),
      value: readProjection(checkpoint, `${prefix}.cross_attn.v_proj`, dim, dim),
      out: readLinear(checkpoint, `${prefix}.cross_attn.proj`, dim, dim),
    };
    const mlp = {
      widen: readLinear(checkpoint, `${prefix}.mlp.0`, 4 * dim, dim),
      narrow: readLinear(checkpoint, `${prefix}.mlp.3`, dim, 4 * dim),
    };
    const asking = norm(prompt, readNorm(checkpoint, `${prefix}.norm1`, dim), epsilon);
    prompt = add(prompt, attention(asking, seen, crossAttention, config.prompt_num_attention_heads));
    prompt = add(
      prompt,
      feedForward(
        norm(prompt, readNorm(checkpoint, `${prefix}.norm3`, dim), epsilon),
        mlp,
        activations[config.prompt_hidden_act],
      ),
    );
  }
  return add(perVideo, mul(prompt, checkpoint.tensor('prompts_generator.alpha', [dim])));
}
