import path from 'node:path';
import { z } from 'zod';
import { parseJson } from '../checkpoint/checkpoint.ts';
import { clipTextConfig, clipVisionConfig, parseConfig, withSubConfigs } from '../clip/config.ts';
import { activations } from '../transformer/activation.ts';
import { english, say } from '#preload/domain/saying.ts';

const positive = z.int().positive();

/** Missing heads are Hugging Face's number where the width divides by it, else one for 64 channels, as in every ViT. */
const missingHeads = (width: number, usual: number): number => (width % usual === 0 ? usual : width / 64);

const visionConfig = clipVisionConfig
  .extend({
    num_attention_heads: positive.optional(),
    num_frames: positive.default(8),
    mit_hidden_size: positive.default(512),
    mit_intermediate_size: positive.default(2048),
    mit_num_hidden_layers: positive.default(1),
    mit_num_attention_heads: positive.optional(),
  })
  .transform((vision) => ({
    ...vision,
    num_attention_heads: vision.num_attention_heads ?? missingHeads(vision.hidden_size, 12),
    mit_num_attention_heads: vision.mit_num_attention_heads ?? missingHeads(vision.mit_hidden_size, 8),
  }));

/**
 * X-CLIP's configuration as Hugging Face has it, every missing key filled in. The heads of the integration transformer
 * and of the prompt generator are read where they are given: the large checkpoints keep 8 where the authors' code has 12.
 * Any CLIP-shaped towers will do, whatever their sizes.
 */
const xclipConfig = z
  .object({
    projection_dim: positive.default(512),
    prompt_layers: positive.default(2),
    prompt_num_attention_heads: positive.optional(),
    prompt_hidden_act: z.enum(Object.keys(activations) as [keyof typeof activations]).default('quick_gelu'),
    // The reference always pools X-CLIP's texts by the legacy rule, whatever the file says.
    text_config: clipTextConfig.extend({
      eos_token_id: z
        .unknown()
        .optional()
        .transform(() => 2),
    }),
    vision_config: visionConfig,
  })
  .transform((config) => ({
    ...config,
    prompt_num_attention_heads: config.prompt_num_attention_heads ?? missingHeads(config.projection_dim, 8),
  }));

export type XClipConfig = z.infer<typeof xclipConfig>;

/** P, how many patches a picture has: the rows of a clip's context. */
export const contextRowsOf = ({ vision_config: { image_size: size, patch_size: patch } }: XClipConfig): number =>
  Math.floor(size / patch) ** 2;

/** Reads `config.json`; fails with 'unreadable-model', also where its sizes contradict each other. */
export function readXClipConfig(folder: string): XClipConfig {
  const file = path.join(folder, 'config.json');
  const agreeing = xclipConfig
    .refine(({ vision_config: vision, projection_dim }) => vision.mit_hidden_size === projection_dim, {
      error: english(say('the integration transformer works on projected frames, so it must equal projection_dim')),
      path: ['vision_config', 'mit_hidden_size'],
    })
    .superRefine((config, context) => {
      const { text_config: text, vision_config: vision } = config;
      const heads: [number, number, string][] = [
        [vision.hidden_size, vision.num_attention_heads, 'vision_config.num_attention_heads'],
        [text.hidden_size, text.num_attention_heads, 'text_config.num_attention_heads'],
        [vision.mit_hidden_size, vision.mit_num_attention_heads, 'vision_config.mit_num_attention_heads'],
        [config.projection_dim, config.prompt_num_attention_heads, 'prompt_num_attention_heads'],
      ];
      for (const [width, count, key] of heads) {
        if (Number.isInteger(count) && width % count === 0) continue;
        const undivided = say('a width of {{width}} does not divide into {{heads}} heads', { width, heads: count });
        context.addIssue({
          code: 'custom',
          message: english(undivided),
          params: { said: undivided },
          path: key.split('.'),
        });
      }
    });
  return parseConfig(file, agreeing, withSubConfigs(parseJson(file)));
}
