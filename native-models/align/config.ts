import path from 'node:path';
import { z } from 'zod';
import { parseJson } from '../checkpoint/checkpoint.ts';
import { headsDivide, parseConfig, withSubConfigs } from '../clip/config.ts';
import { activations } from '../transformer/activation.ts';
import { english, say } from '#preload/domain/saying.ts';

const positive = z.int().positive();
const scale = z.number().positive();
const stages = (defaults: number[]) => z.array(positive).default(defaults);

/** ALIGN's configuration as Hugging Face has it, every missing key filled in: BERT-base and EfficientNet-B7. */
const alignConfig = z.object({
  projection_dim: positive.default(640),
  text_config: z
    .object({
      vocab_size: positive.default(30522),
      hidden_size: positive.default(768),
      intermediate_size: positive.default(3072),
      num_hidden_layers: positive.default(12),
      num_attention_heads: positive.default(12),
      hidden_act: z.enum(Object.keys(activations) as [keyof typeof activations]).default('gelu'),
      max_position_embeddings: positive.default(512),
      type_vocab_size: positive.default(2),
      layer_norm_eps: scale.default(1e-12),
      pad_token_id: z.int().default(0),
    })
    .superRefine(headsDivide),
  vision_config: z
    .object({
      num_channels: positive.default(3),
      image_size: positive.default(600),
      width_coefficient: scale.default(2),
      depth_coefficient: scale.default(3.1),
      depth_divisor: positive.default(8),
      kernel_sizes: stages([3, 3, 5, 3, 5, 5, 3]),
      in_channels: stages([32, 16, 24, 40, 80, 112, 192]),
      out_channels: stages([16, 24, 40, 80, 112, 192, 320]),
      depthwise_padding: z.array(z.int()).default([]),
      strides: stages([1, 2, 2, 2, 1, 2, 1]),
      num_block_repeats: stages([1, 2, 2, 3, 3, 4, 1]),
      expand_ratios: stages([1, 6, 6, 6, 6, 6, 6]),
      squeeze_expansion_ratio: scale.default(0.25),
      hidden_act: z.literal('swish', { error: english(say('only swish can be used')) }).default('swish'),
      pooling_type: z.literal('mean', { error: english(say('only the mean can be pooled')) }).default('mean'),
      batch_norm_eps: scale.default(0.001),
    })
    .refine(
      (vision) =>
        [vision.in_channels, vision.out_channels, vision.strides, vision.num_block_repeats, vision.expand_ratios].every(
          (list) => list.length === vision.kernel_sizes.length,
        ),
      { error: english(say('its lists of stages differ in length')), path: ['kernel_sizes'] },
    ),
});

export type AlignConfig = z.infer<typeof alignConfig>;
export type AlignVisionConfig = AlignConfig['vision_config'];

/** Channels at a width coefficient, in whole steps of the divisor and never a tenth too few (Tan and Le 2019, released code). */
export function scaledChannels(channels: number, vision: AlignVisionConfig): number {
  const { width_coefficient: width, depth_divisor: step } = vision;
  const wanted = channels * width;
  const whole = Math.max(step, Math.floor((wanted + step / 2) / step) * step);
  return whole < 0.9 * wanted ? whole + step : whole;
}

/** Reads `config.json`; fails with 'unreadable-model', also where the towers never meet. */
export function readAlignConfig(folder: string): AlignConfig {
  const file = path.join(folder, 'config.json');
  const agreeing = alignConfig.refine(
    ({ vision_config: vision, projection_dim }) =>
      scaledChannels(vision.out_channels.at(-1)!, vision) === projection_dim,
    {
      error: english(say("texts are projected to another number of features than the last stage's channels")),
      path: ['projection_dim'],
    },
  );
  return parseConfig(file, agreeing, withSubConfigs(parseJson(file)));
}
