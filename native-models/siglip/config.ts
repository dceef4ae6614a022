import path from 'node:path';
import { z } from 'zod';
import { parseJson } from '../checkpoint/checkpoint.ts';
import { headsDivide, parseConfig, withSubConfigs } from '../clip/config.ts';
import { activations } from '../transformer/activation.ts';
import { english, say } from '#preload/domain/saying.ts';

const positive = z.int().positive();

/** Keys and defaults of both towers, as Hugging Face's SigLIP configuration has them. */
const tower = {
  hidden_size: positive.default(768),
  intermediate_size: positive.default(3072),
  num_hidden_layers: positive.default(12),
  num_attention_heads: positive.default(12),
  hidden_act: z.enum(Object.keys(activations) as [keyof typeof activations]).default('gelu_pytorch_tanh'),
  layer_norm_eps: z.number().positive().default(1e-6),
};

const siglipConfig = z
  .object({
    text_config: z
      .object({
        ...tower,
        vocab_size: positive.default(32000),
        max_position_embeddings: positive.default(64),
        pad_token_id: z
          .int()
          .nullish()
          .transform((id) => id ?? 1),
        projection_size: positive.optional(),
      })
      .transform((text) => ({ ...text, projection_size: text.projection_size ?? text.hidden_size }))
      .superRefine(headsDivide),
    vision_config: z
      .object({
        ...tower,
        num_channels: positive.default(3),
        image_size: positive.default(224),
        patch_size: positive.default(16),
        vision_use_head: z
          .literal(true, { error: english(say('pictures without the attention-pool head are not supported')) })
          .default(true),
      })
      .superRefine(headsDivide),
  })
  .refine(({ text_config: text, vision_config: vision }) => text.projection_size === vision.hidden_size, {
    error: english(
      say("texts are projected to another number of features than vision_config.hidden_size, a picture's"),
    ),
    path: ['text_config', 'projection_size'],
  });

export type SiglipConfig = z.infer<typeof siglipConfig>;

/** Reads `config.json`, every missing key filled in; fails with 'unreadable-model', also where its sizes contradict each other. */
export function readSiglipConfig(folder: string): SiglipConfig {
  const file = path.join(folder, 'config.json');
  return parseConfig(file, siglipConfig, withSubConfigs(parseJson(file)));
}
