import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import type { Encoded, PictureEncoder } from '../dual-encoder/dual-encoder.ts';
import { concat, expand, reshape } from '../graph/arrange.ts';
import { add } from '../graph/elementwise.ts';
import { gelu } from '../graph/composites.ts';
import { reduceMean } from '../graph/reduce.ts';
import type { Tensor } from '../graph/tensor.ts';
import {
  apply,
  attend,
  attention,
  splitHeads,
  type AttentionWeights,
  type LinearWeights,
} from '../transformer/attention.ts';
import { feedForward, norm, type FeedForwardWeights } from '../transformer/block.ts';
import { readLinear, readNorm } from '../transformer/block-weights.ts';
import { embedPatches } from '../transformer/patches.ts';
import { mergeTokens, proportional, type Merging, type Tokens } from '../transformer/token-merging.ts';
import { averagedRotation, gridRotation, turned, type Rotation } from './rotary.ts';
import { say } from '#preload/domain/saying.ts';

/** What the weights do not tell of a picture encoder of PE-Core. */
export interface PerceptionVision {
  /** As the timm library calls it. */
  readonly name: string;
  readonly imageSize: number;
  /** D. */
  readonly dim: number;
}

const prefix = 'visual.trunk';
const epsilon = 1e-5;
const poolHeads = 8;

/** Sizes that the shapes of the weights say. */
interface Sizes {
  readonly width: number;
  readonly patch: number;
  readonly heads: number;
  readonly layers: number;
  readonly inner: number;
  readonly poolInner: number;
  readonly hasClassToken: boolean;
}

/**
 * The picture encoder of Perception Encoder's core models (PE-Core; Bolya et al. 2025), in timm's names: a ViT with
 * learned and rotary positions, whose rows are pooled by attention. Fails with 'unreadable-model'.
 */
export function perceptionPictureEncoder(vision: PerceptionVision, checkpoint: Checkpoint): PictureEncoder {
  const sizes = sizesOf(vision, checkpoint);
  return {
    imageSize: vision.imageSize,
    channels: 3,
    merges: { patches: gridOf(vision, sizes) ** 2, blocks: sizes.layers },
    encode: (pixels, mergedPerBlock = 0) =>
      perceptionVision(pixels, vision, sizes, checkpoint, {
        perBlock: mergedPerBlock,
        kept: sizes.hasClassToken ? 1 : 0,
      }),
  };
}

function perceptionVision(
  pixels: Tensor,
  vision: PerceptionVision,
  sizes: Sizes,
  checkpoint: Checkpoint,
  merging: Merging,
): Encoded {
  const { width, patch, heads, layers, hasClassToken } = sizes;
  const batch = pixels.shape[0]!;
  const grid = gridOf(vision, sizes);
  const classTokens = hasClassToken ? 1 : 0;
  const patches = embedPatches(pixels, vision.imageSize, {
    weight: checkpoint.tensor(`${prefix}.patch_embed.proj.weight`, [width, 3, patch, patch]),
    bias: null,
  });
  const positions = checkpoint.tensor(`${prefix}.pos_embed`, [1, classTokens + grid * grid, width]);
  const rows = hasClassToken
    ? concat([expand(checkpoint.tensor(`${prefix}.cls_token`, [1, 1, width]), [batch, 1, width]), patches], 1)
    : patches;
  // The largest one counts patches from 0, the others from 1.
  const firstIndex = isGigantic(vision) ? 0 : 1;
  const step = (trainedGrid(vision, patch) ?? grid) / grid;
  let tokens: TurnedTokens = {
    rows: norm(add(rows, positions), readNorm(checkpoint, `${prefix}.norm_pre`, width), epsilon),
    sizes: null,
    rotation: gridRotation(grid, width / heads, { firstIndex, step, unturned: classTokens }),
  };
  for (let layer = 0; layer < layers; layer += 1)
    tokens = block(tokens, `${prefix}.blocks.${layer}`, sizes, checkpoint, merging);
  const lastHidden = norm(tokens.rows, readNorm(checkpoint, `${prefix}.norm`, width), epsilon);
  const head = readLinear(checkpoint, `${prefix}.head`, vision.dim, width);
  const pooled = attentionPool({ ...tokens, rows: lastHidden }, sizes, checkpoint);
  return { lastHidden, embeds: apply(head, pooled) };
}

const gridOf = ({ imageSize }: PerceptionVision, { patch }: Sizes): number => Math.floor(imageSize / patch);

/** Tokens and how the queries and keys of each are turned. */
interface TurnedTokens extends Tokens {
  readonly rotation: Rotation;
}

/** A pre-norm block whose queries and keys are turned by where they stand; some tokens are merged before its second part. */
function block(
  { rows, sizes, rotation }: TurnedTokens,
  name: string,
  { width, inner, heads }: Sizes,
  checkpoint: Checkpoint,
  merging: Merging,
): TurnedTokens {
  const normed = norm(rows, readNorm(checkpoint, `${name}.norm1`, width), epsilon);
  const [query, key, value] = joinedMaps(checkpoint, `${name}.attn.qkv`, 3, width).map((map) =>
    splitHeads(apply(map, normed), heads),
  ) as [Tensor, Tensor, Tensor];
  const keys = turned(key, rotation);
  const looked = attend(turned(query, rotation), keys, value, proportional(sizes));
  const attended = add(rows, apply(readLinear(checkpoint, `${name}.attn.proj`, width, width), looked));
  const { tokens, average } = mergeTokens({ rows: attended, sizes }, reduceMean(keys, { axes: [1] }), merging);
  const widened = norm(tokens.rows, readNorm(checkpoint, `${name}.norm2`, width), epsilon);
  return {
    ...tokens,
    rows: add(tokens.rows, feedForward(widened, readMlp(checkpoint, `${name}.mlp`, width, inner), gelu)),
    rotation: tokens.sizes === null ? rotation : averagedRotation(rotation, average, rows.shape[0]!),
  };
}

/** One learned query looks at all tokens, then a feed-forward layer: `[B, W]`. */
function attentionPool({ rows, sizes }: Tokens, { width, poolInner }: Sizes, checkpoint: Checkpoint): Tensor {
  const name = `${prefix}.attn_pool`;
  const batch = rows.shape[0]!;
  const latent = expand(checkpoint.tensor(`${name}.latent`, [1, 1, width]), [batch, 1, width]);
  const [key, value] = joinedMaps(checkpoint, `${name}.kv`, 2, width) as [LinearWeights, LinearWeights];
  const weights: AttentionWeights = {
    query: readLinear(checkpoint, `${name}.q`, width, width),
    key,
    value,
    out: readLinear(checkpoint, `${name}.proj`, width, width),
  };
  const pooled = attention(latent, rows, weights, poolHeads, proportional(sizes));
  const normed = norm(pooled, readNorm(checkpoint, `${name}.norm`, width), epsilon);
  const mlp = readMlp(checkpoint, `${name}.mlp`, width, poolInner);
  return reshape(add(pooled, feedForward(normed, mlp, gelu)), [batch, width]);
}

const readMlp = (checkpoint: Checkpoint, name: string, width: number, inner: number): FeedForwardWeights => ({
  widen: readLinear(checkpoint, `${name}.fc1`, inner, width),
  narrow: readLinear(checkpoint, `${name}.fc2`, width, inner),
});

/** Maps `[W → W]` that are stored one after the other in one tensor, `count` of them. */
function joinedMaps(checkpoint: Checkpoint, name: string, count: number, width: number): LinearWeights[] {
  return Array.from({ length: count }, (_, at) => ({
    weight: checkpoint.rows(`${name}.weight`, [count * width, width], at * width, (at + 1) * width),
    bias: checkpoint.rows(`${name}.bias`, [count * width], at * width, (at + 1) * width),
  }));
}

/**
 * How many patches wide the pictures are that a model of this name was trained with; null where the patches are not those
 * of the name. Pictures of another size are turned as if they had as many.
 */
function trainedGrid({ name }: PerceptionVision, patch: number): number | null {
  const [, ownPatch, size] = /_patch(\d+)_(\d+)$/.exec(name) ?? [];
  return Number(ownPatch) === patch ? Number(size) / patch : null;
}

const isGigantic = ({ name }: PerceptionVision): boolean => name.startsWith('vit_pe_core_gigantic');

function sizesOf(vision: PerceptionVision, checkpoint: Checkpoint): Sizes {
  const shape = (name: string): readonly number[] => {
    const found = checkpoint.shape(`${prefix}.${name}`);
    if (found !== null) return found;
    const tensor = `${prefix}.${name}`;
    throw unreadable(
      checkpoint.files[0]!,
      say("has no tensor '{{tensor}}', which a Perception Encoder needs", { tensor }),
      tensor,
    );
  };
  const [width, , patch] = shape('patch_embed.proj.weight') as [number, number, number];
  let layers = 0;
  while (checkpoint.has(`${prefix}.blocks.${layers}.norm1.weight`)) layers += 1;
  return {
    width,
    patch,
    // Heads are 64 wide but in the largest one, which has 16 of 96.
    heads: isGigantic(vision) ? 16 : width / 64,
    layers,
    inner: shape('blocks.0.mlp.fc1.weight')[0]!,
    poolInner: shape('attn_pool.mlp.fc1.weight')[0]!,
    hasClassToken: checkpoint.has(`${prefix}.cls_token`),
  };
}
