import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { clipTextEncoder } from '../clip/clip-encoder.ts';
import { endOfTextPosition } from '../clip/text-tower.ts';
import type { TextEncoder } from '../dual-encoder/dual-encoder.ts';
import type { TextLeaves } from '../dual-encoder/text-feeds.ts';
import { reshape, transposeLast } from '../graph/arrange.ts';
import { l2Normalise } from '../graph/composites.ts';
import { exp, mul } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { XClipConfig } from './config.ts';
import type { ScorerConfig } from './scorer-config.ts';
import { crossFrameVision } from './cross-frame-vision.ts';
import { integrateFrames } from './multi-frame-integration.ts';
import { patchContext, videoSpecificTexts } from './video-specific-prompts.ts';

// X-CLIP in three pieces, so that a clip is encoded once and a class name once, whatever meets whatever later. The
// integration transformer, a hundredth of the work, belongs to the last piece: tuning it leaves encoded clips valid.

/** What remains of B clips once their pictures have been looked at. */
export interface ClipTensors {
  /** `[B, T, D]`: one feature a frame, before they are integrated. */
  readonly frames: Tensor;
  /** `[B, P, D]`: what prompts may look at. */
  readonly context: Tensor;
}

/** First piece, nearly all of the work: pixels `[B, T, 3, H, W]` → what the clips are remembered by. */
export function encodeClips(pixels: Tensor, config: XClipConfig, checkpoint: Checkpoint): ClipTensors {
  const { frames, patches } = crossFrameVision(pixels, config, checkpoint);
  return { frames, context: patchContext(patches, config, checkpoint) };
}

/** How X-CLIP reads class names: as CLIP does, at the highest token id. */
export const nameEncoder = (config: XClipConfig, checkpoint: Checkpoint): TextEncoder =>
  clipTextEncoder(config, checkpoint, {
    readAt: (ids) => endOfTextPosition(ids, config.text_config.eos_token_id),
  });

/** Second piece: bare class names through the leaves of their encoder → `[K, D]`, not normalised. */
export function encodeNames(encoder: TextEncoder, { ids, readAt, real }: TextLeaves): Tensor {
  return encoder.encode(encoder.tokenVectors(ids), readAt, real).embeds;
}

/** What the last piece computes; only what is asked for is ever run. */
export interface ClipScores {
  /** `[B, T, D]`: frames after the integration transformer. */
  readonly integrated: Tensor;
  /** `[B, D]` unit rows. */
  readonly videos: Tensor;
  /** `[B, K, D]` unit rows: each clip sees class texts of its own. */
  readonly texts: Tensor;
  /** `[B, K]`. */
  readonly logits: Tensor;
}

/** Third piece: how well class names `[K, D]` fit encoded clips. */
export function scoreClips(
  { frames, context }: ClipTensors,
  names: Tensor,
  config: ScorerConfig,
  checkpoint: Checkpoint,
): ClipScores {
  const { video, lastHidden } = integrateFrames(frames, config, checkpoint);
  const [clips, dim] = video.shape;
  const videos = l2Normalise(video);
  const texts = l2Normalise(videoSpecificTexts(context, names, config, checkpoint));
  const cosines = matmul(reshape(videos, [clips!, 1, dim!]), transposeLast(texts));
  const scale = exp(checkpoint.tensor('logit_scale', []));
  return {
    integrated: lastHidden,
    videos,
    texts,
    logits: mul(reshape(cosines, [clips!, names.shape[0]!]), scale),
  };
}
