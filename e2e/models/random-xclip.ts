import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { dim } from '#native-models/graph/dimension.ts';
import { input } from '#native-models/graph/tensor.ts';
import { trainableCheckpoint } from '#native-models/training/trainable-checkpoint.ts';
import { readXClipConfig } from '#native-models/xclip/config.ts';
import { encodeClips, encodeNames, scoreClips } from '#native-models/xclip/xclip.ts';
import { clipTokenizer } from './clip-tokenizer-files.ts';

/** The vocabulary of the made-up tokenizer: few tokens, so that texts cost next to nothing. */
const vocabularySize = 640;

/** What a made-up X-CLIP is like; all else are Hugging Face's defaults, those of the base models. */
export interface RandomXClip {
  readonly projection_dim?: number;
  readonly prompt_num_attention_heads?: number;
  readonly vision_config?: Readonly<Record<string, number>>;
  readonly text_config?: Readonly<Record<string, number>>;
}

/** A small X-CLIP: 4 frames of 32×32 in 16 patches. */
export const tinyXClip: RandomXClip = {
  projection_dim: 40,
  prompt_num_attention_heads: 4,
  text_config: { hidden_size: 48, intermediate_size: 96, num_hidden_layers: 2, num_attention_heads: 4 },
  vision_config: {
    hidden_size: 48,
    intermediate_size: 96,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    mit_hidden_size: 40,
    mit_intermediate_size: 80,
    mit_num_attention_heads: 4,
    image_size: 32,
    patch_size: 8,
    num_frames: 4,
  },
};

/**
 * A complete checkpoint folder of an X-CLIP with random weights: which tensors there are, and their shapes, is asked of
 * the architecture itself. Its answers mean nothing; for one seed they are always the same.
 * @returns the folder.
 */
export function makeRandomXClip(folder: string, model: RandomXClip = tinyXClip, seed = 1): string {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: object): void => writeFileSync(path.join(folder, name), JSON.stringify(value));
  const { tokenizer, tokenizerConfig } = clipTokenizer(vocabularySize);
  write('config.json', {
    model_type: 'xclip',
    ...model,
    text_config: { vocab_size: vocabularySize, ...model.text_config },
  });
  write('tokenizer.json', tokenizer);
  write('tokenizer_config.json', tokenizerConfig);
  const config = readXClipConfig(folder);
  const { image_size: size, num_frames: frames } = config.vision_config;
  write('preprocessor_config.json', {
    do_resize: true,
    size: { shortest_edge: size },
    resample: 2,
    do_center_crop: true,
    crop_size: { height: size, width: size },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: [0.485, 0.456, 0.406],
    image_std: [0.229, 0.224, 0.225],
  });

  const checkpoint = trainableCheckpoint();
  const tokens = [dim('names'), dim('tokens')];
  const names = encodeNames(input('ids', tokens, 'int64'), input('end_of_text', tokens), config, checkpoint);
  scoreClips(
    encodeClips(input('pixels', [dim('clips'), frames, 3, size, size]), config, checkpoint),
    names,
    config,
    checkpoint,
  );
  const random = numbersFrom(seed);
  writeSafetensors(
    path.join(folder, 'model.safetensors'),
    new Map(
      [...checkpoint.parameters].map(([name, { shape }]) => {
        const sizes = shape as readonly number[];
        return [name, { shape: sizes, values: startOf(name, sizes, random) }];
      }),
    ),
  );
  return folder;
}

/** Values spread as transformers usually start, so that activations stay in range. */
function startOf(name: string, shape: readonly number[], random: () => number): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (name === 'logit_scale') return values.fill(Math.log(100));
  const isGain = /(norm\d?|layernorm|_ln|layrnorm)\.weight$/.test(name);
  const centre = isGain ? 1 : name.endsWith('alpha') ? 0.1 : 0;
  const fanIn = shape.length > 1 ? values.length / shape[0]! : 2500;
  const halfWidth = Math.sqrt(3) * Math.min(0.1, fanIn ** -0.5);
  for (let at = 0; at < values.length; at += 1) values[at] = centre + halfWidth * random();
  return values;
}

/** Numbers in [-1, 1), the same ones for a seed (xorshift32, Marsaglia 2003). */
function numbersFrom(seed: number): () => number {
  let state = (2463534242 ^ (seed * 2654435761)) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}
