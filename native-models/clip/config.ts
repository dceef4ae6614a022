import { say } from '#preload/domain/saying.ts';
import path from 'node:path';
import { z } from 'zod';
import { parseJson } from '../checkpoint/checkpoint.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import { activations } from '../transformer/activation.ts';
import { saidIssue } from '#preload/domain/said-issue.ts';

const positive = z.int().positive();

/** Keys and defaults of one transformer tower, as Hugging Face's CLIP configuration has them. */
const tower = {
  hidden_act: z.enum(Object.keys(activations) as [keyof typeof activations]).default('quick_gelu'),
  layer_norm_eps: z.number().positive().default(1e-5),
  num_hidden_layers: positive.default(12),
};

export const clipTextConfig = z.object({
  ...tower,
  vocab_size: positive.default(49408),
  hidden_size: positive.default(512),
  intermediate_size: positive.default(2048),
  num_attention_heads: positive.default(8),
  max_position_embeddings: positive.default(77),
  eos_token_id: z
    .int()
    .nullish()
    .transform((id) => id ?? 49407),
  /** Texts look both ways, as in MobileCLIP's small towers and SigLIP: then padding matters and nothing may be left out. */
  no_causal_mask: z.boolean().default(false),
});

export const clipVisionConfig = z.object({
  ...tower,
  hidden_size: positive.default(768),
  intermediate_size: positive.default(3072),
  num_attention_heads: positive.default(12),
  num_channels: positive.default(3),
  image_size: positive.default(224),
  patch_size: positive.default(32),
});

/** Refuses a tower whose width does not divide into its heads. */
export function headsDivide(
  {
    hidden_size: width,
    num_attention_heads: heads,
  }: { readonly hidden_size: number; readonly num_attention_heads: number },
  context: z.RefinementCtx,
): void {
  if (width % heads === 0) return;
  const message = `a width of ${width} does not divide into ${heads} heads`;
  context.addIssue({ code: 'custom', message, path: ['num_attention_heads'] });
}

/** A CLIP of any size. */
export const clipConfig = z.object({
  projection_dim: positive.default(512),
  text_config: clipTextConfig.superRefine(headsDivide),
  vision_config: clipVisionConfig.superRefine(headsDivide),
});

export type ClipConfig = z.infer<typeof clipConfig>;
export type ClipTextConfig = z.infer<typeof clipTextConfig>;
export type ClipVisionConfig = z.infer<typeof clipVisionConfig>;

/**
 * A CLIP folder's `config.json` with every missing key filled in. Published files often hold little but differences
 * from the defaults, some of them under the older names `text_config_dict` and `vision_config_dict`.
 */
export function readClipConfig(folder: string): ClipConfig {
  const file = path.join(folder, 'config.json');
  return parseConfig(file, clipConfig, withSubConfigs(parseJson(file)));
}

/** Puts the older sub-configuration names over the newer ones, and `{}` where there are none. */
export function withSubConfigs(raw: unknown): unknown {
  const config = z.record(z.string(), z.unknown()).catch({}).parse(raw);
  const sub = (name: string): unknown => ({ ...objectOf(config[name]), ...objectOf(config[`${name}_dict`]) });
  return { ...config, text_config: sub('text_config'), vision_config: sub('vision_config') };
}

/** Checks a configuration; fails with 'unreadable-model' naming the file, the key and what is wrong with it. */
export function parseConfig<T>(file: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(file, say('cannot be used: {{fault}}', { fault: saidIssue(issue!) }));
}

const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
