import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { visionEmbeddings } from '../clip/vision-tower.ts';
import { concat, reshape, slice } from '../graph/arrange.ts';
import { multiplyDims, type Dim } from '../graph/dimension.ts';
import { add } from '../graph/elementwise.ts';
import type { Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import { apply, attention } from '../transformer/attention.ts';
import { feedForward, norm } from '../transformer/block.ts';
import { readAttention, readBlock, readLinear, readNorm, readProjection } from '../transformer/block-weights.ts';
import type { XClipConfig } from './config.ts';

/** What the cross-frame encoder makes of B clips of T frames. */
export interface CrossFrameVision {
  /** `[B, T, D]`: each frame's class token, projected. */
  readonly frames: Tensor;
  /** `[B · T, P, V]`: the patch tokens, neither normalised nor projected. */
  readonly patches: Tensor;
}

/**
 * X-CLIP's cross-frame communication transformer (Ni et al. 2022, s.3.2): pixels `[B, T, 3, H, W]`, T as the checkpoint
 * was trained. In every block the frames exchange one message token each before they look at their own patches.
 */
export function crossFrameVision(pixels: Tensor, config: XClipConfig, checkpoint: Checkpoint): CrossFrameVision {
  const vision = config.vision_config;
  const width = vision.hidden_size;
  const [clips, frameCount, ...picture] = pixels.shape;
  const frames = multiplyDims(clips!, frameCount!);

  let x = visionEmbeddings(reshape(pixels, [frames, ...picture]), vision, checkpoint);
  x = norm(x, readNorm(checkpoint, 'vision_model.pre_layernorm', width), vision.layer_norm_eps);
  for (let layer = 0; layer < vision.num_hidden_layers; layer += 1) {
    x = crossFrameBlock(x, clips!, config, checkpoint, `vision_model.encoder.layers.${layer}`);
  }
  const classTokens = norm(
    classTokensOf(x),
    readNorm(checkpoint, 'vision_model.post_layernorm', width),
    vision.layer_norm_eps,
  );
  const projected = apply(readProjection(checkpoint, 'visual_projection', config.projection_dim, width), classTokens);
  return { frames: reshape(projected, [clips!, frameCount!, config.projection_dim]), patches: slice(x, 1, 1) };
}

/** One block over x `[B · T, 1 + P, V]` (Ni et al. 2022, eq. 4-6). */
function crossFrameBlock(
  x: Tensor,
  clips: Dim,
  { vision_config: vision }: XClipConfig,
  checkpoint: Checkpoint,
  prefix: string,
): Tensor {
  const { hidden_size: width, num_frames: frameCount, num_attention_heads: heads, layer_norm_eps: epsilon } = vision;
  const [frames] = x.shape;

  // Cross-frame fusion attention: the messages of one clip's frames attend to each other.
  const words = apply(readLinear(checkpoint, `${prefix}.message_fc`, width, width), classTokensOf(x));
  const messages = reshape(words, [clips, frameCount, width]);
  const normed = norm(messages, readNorm(checkpoint, `${prefix}.message_ln`, width), epsilon);
  const crossFrame = readAttention(checkpoint, `${prefix}.message_attn`, width);
  const exchanged = add(messages, attention(normed, normed, crossFrame, heads));

  // Intra-frame fusion attention over the frame's tokens and its message. The next block makes the message anew, so
  // here it is only listened to: it asks nothing, and no row is computed for it to be thrown away.
  const block = readBlock(checkpoint, prefix, width, vision.intermediate_size);
  const tokens = norm(x, block.norm1, epsilon);
  const message = norm(reshape(exchanged, [frames!, 1, width]), block.norm1, epsilon);
  const fused = add(x, attention(tokens, concat([tokens, message], 1), block.attention, heads));

  return add(fused, feedForward(norm(fused, block.norm2, epsilon), block.feedForward, activations[vision.hidden_act]));
}

/** `[N, 1 + P, V]` → `[N, V]`. */
const classTokensOf = (x: Tensor): Tensor => reshape(slice(x, 1, 0, 1), [x.shape[0]!, x.shape[2]!]);
