import { say, english, type Saying } from '#preload/domain/saying.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseJson, type Checkpoint } from '../checkpoint/checkpoint.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import { clipConfig, parseConfig, type ClipConfig } from '../clip/config.ts';
import type { PerceptionVision } from '../perception-encoder/perception-vision.ts';
import { clipPreprocessing, type PreprocessingDefaults } from '../image/image-preprocessing.ts';

/** The file in which open_clip describes a model. */
export const openClipConfigName = 'open_clip_config.json';

const positive = z.int().positive();
const absent = (refusal: Saying) => z.null({ error: english(refusal) }).optional();
const off = (refusal: Saying) => z.literal(false, { error: english(refusal) }).optional();

/** What would change the blocks of either tower. */
const usualBlocks = {
  ls_init_value: absent(say('layer scale cannot be used here')),
  act_kwargs: absent(say('an activation of another form cannot be used here')),
  norm_kwargs: absent(say('a norm of another form cannot be used here')),
  final_ln_after_pool: off(say('a norm after the pooling cannot be used here')),
  qk_norm: off(say('norms of queries and keys cannot be used here')),
  scaled_cosine_attn: off(say('attention by cosines cannot be used here')),
  scale_heads: off(say('scaled heads cannot be used here')),
  scale_attn_inner: off(say('a norm inside attention cannot be used here')),
  scale_attn: off(say('a norm after attention cannot be used here')),
  scale_fc: off(say('a norm inside the feed-forward layers cannot be used here')),
};

/** Keys and defaults of open_clip's `CLIPVisionCfg` and `CLIPTextCfg`; what would be another architecture is refused. */
const openClipConfig = z.object({
  model_cfg: z.object({
    embed_dim: positive,
    quick_gelu: z.boolean().default(false),
    multimodal_cfg: absent(say('a third tower that writes captions cannot be used here')),
    vision_cfg: z.object({
      ...usualBlocks,
      layers: z
        .int({ error: english(say('only vision transformers can be used, not residual networks')) })
        .positive()
        .default(12),
      width: positive.default(768),
      head_width: positive.default(64),
      mlp_ratio: z.number().positive().default(4),
      patch_size: positive.default(16),
      image_size: positive.default(224),
      pos_embed_type: z.literal('learnable', { error: english(say('only learned positions can be used')) }).optional(),
      attentional_pool: off(say('attentional pooling cannot be used here')),
      no_ln_pre: off(say('a tower without its first norm cannot be used here')),
      pool_type: z.literal('tok', { error: english(say('only the class token can be pooled')) }).optional(),
      timm_model_name: z
        .string()
        .startsWith('vit_pe_core_', {
          error: english(say('this tower of the timm library cannot be used here, only PE-Core')),
        })
        .nullable()
        .optional(),
    }),
    text_cfg: z.object({
      ...usualBlocks,
      context_length: positive.default(77),
      vocab_size: positive.default(49408),
      width: positive.default(512),
      heads: positive.default(8),
      layers: positive.default(12),
      mlp_ratio: z.number().positive().default(4),
      embed_cls: off(say('a class token after the text cannot be used here')),
      proj_bias: off(say('a text projection with a bias cannot be used here')),
      no_causal_mask: z.boolean().default(false),
      proj_type: z
        .literal('linear', { error: english(say('only a linear projection of texts can be used')) })
        .optional(),
      pool_type: z
        .enum(['argmax', 'eos'], { error: english(say('only the end-of-text token can be pooled')) })
        .default('argmax'),
      pad_id: z.int().default(0),
      eos_id: z.int().default(2),
      hf_model_name: absent(say('a text tower of the transformers library cannot be used here')),
    }),
  }),
  preprocess_cfg: z
    .object({
      mean: z.tuple([z.number(), z.number(), z.number()]).default(clipPreprocessing.mean),
      std: z.tuple([z.number(), z.number(), z.number()]).default(clipPreprocessing.std),
      interpolation: z.enum(['bicubic', 'bilinear']).default('bicubic'),
      resize_mode: z.enum(['shortest', 'squash']).default('shortest'),
    })
    .prefault({}),
});

export interface OpenClipDescription {
  readonly config: ClipConfig;
  readonly texts: TextMarking;
  /** Where pictures are not encoded by CLIP's own tower, which the configuration then says nothing of. */
  readonly perception: PerceptionVision | null;
  readonly preprocessing: PreprocessingDefaults;
}

/** Where a text is read and what follows it. */
export interface TextMarking {
  /** The end mark; null where it is the highest id of a text, as in CLIP's own vocabulary. */
  readonly end: number | null;
  readonly padding: number;
}

/** CLIP's own (openai/CLIP clip.py). */
const clipMarking: TextMarking = { end: null, padding: 0 };

/**
 * The towers of a folder in open_clip's layout, in CLIP's terms: from `open_clip_config.json`, or from the shapes of
 * OpenAI's weights, which came without one. Fails with 'unreadable-model', also for what is not CLIP's architecture.
 */
export function readOpenClipConfig(folder: string, checkpoint: Checkpoint): OpenClipDescription {
  const file = path.join(folder, openClipConfigName);
  if (!existsSync(file)) return fromShapes(checkpoint);
  const { model_cfg: model, preprocess_cfg: preprocess } = parseConfig(file, openClipConfig, parseJson(file));
  const { vision_cfg: vision, text_cfg: text } = model;
  const hidden_act = model.quick_gelu ? 'quick_gelu' : 'gelu';
  const config = parseConfig(file, clipConfig, {
    projection_dim: model.embed_dim,
    vision_config: {
      hidden_act,
      hidden_size: vision.width,
      intermediate_size: Math.floor(vision.width * vision.mlp_ratio),
      num_hidden_layers: vision.layers,
      num_attention_heads: vision.width / vision.head_width,
      image_size: vision.image_size,
      patch_size: vision.patch_size,
    },
    text_config: {
      hidden_act,
      hidden_size: text.width,
      intermediate_size: Math.floor(text.width * text.mlp_ratio),
      num_hidden_layers: text.layers,
      num_attention_heads: text.heads,
      vocab_size: text.vocab_size,
      max_position_embeddings: text.context_length,
      no_causal_mask: text.no_causal_mask,
    },
  });
  const preprocessing = {
    resize: preprocess.resize_mode === 'shortest' ? 'shortest-edge' : 'squash',
    resample: preprocess.interpolation === 'bicubic' ? 3 : 2,
    mean: preprocess.mean,
    std: preprocess.std,
  } as const;
  const { timm_model_name: name, image_size: imageSize } = vision;
  const perception = name == null ? null : { name, imageSize, dim: model.embed_dim };
  const texts = { end: text.pool_type === 'eos' ? text.eos_id : null, padding: text.pad_id };
  return { config, texts, perception, preprocessing };
}

/** What the shapes of OpenAI's own weights say (openai/CLIP model.py, `build_model`); all of them have QuickGELU. */
function fromShapes(checkpoint: Checkpoint): OpenClipDescription {
  const shape = (name: string): readonly number[] => {
    const found = checkpoint.shape(name);
    if (found !== null) return found;
    throw unreadable(
      checkpoint.files[0]!,
      say("has no tensor '{{name}}', so it is not one of OpenAI's CLIP models", { name }),
      name,
    );
  };
  const layers = (prefix: string): number => {
    let count = 0;
    while (checkpoint.has(`${prefix}transformer.resblocks.${count}.ln_1.weight`)) count += 1;
    return count;
  };
  const [visionWidth, , patch] = shape('visual.conv1.weight') as [number, number, number];
  const [, dim] = shape('visual.proj') as [number, number];
  const [vocabulary, textWidth] = shape('token_embedding.weight') as [number, number];
  const grid = Math.round(Math.sqrt(shape('visual.positional_embedding')[0]! - 1));
  const inner = (prefix: string): number => shape(`${prefix}transformer.resblocks.0.mlp.c_fc.weight`)[0]!;
  const config = parseConfig(checkpoint.files[0]!, clipConfig, {
    projection_dim: dim,
    vision_config: {
      hidden_size: visionWidth,
      intermediate_size: inner('visual.'),
      num_hidden_layers: layers('visual.'),
      num_attention_heads: Math.max(1, Math.floor(visionWidth / 64)),
      image_size: grid * patch,
      patch_size: patch,
    },
    text_config: {
      hidden_size: textWidth,
      intermediate_size: inner(''),
      num_hidden_layers: layers(''),
      num_attention_heads: Math.max(1, Math.floor(textWidth / 64)),
      vocab_size: vocabulary,
      max_position_embeddings: shape('positional_embedding')[0]!,
    },
  });
  return { config, texts: clipMarking, perception: null, preprocessing: clipPreprocessing };
}
