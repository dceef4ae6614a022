import { existsSync } from 'node:fs';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clipTokenizer } from '#e2e/models/clip-tokenizer-files.ts';
import { clipPreprocessor } from '#e2e/models/tiny-checkpoint.ts';
import { uniformNumbers } from './uniform-numbers.ts';

/** Sizes of one transformer tower of a CLIP. */
export interface TowerSize {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
}

export interface ClipSize {
  readonly image: TowerSize & { readonly imageSize: number; readonly patchSize: number };
  readonly text: TowerSize;
  readonly projection: number;
}

/** CLIP ViT-B/16 (Radford et al. 2021, table 20), with a vocabulary of a few hundred tokens, which no frame waits for. */
export const vitB16: ClipSize = {
  image: { width: 768, layers: 12, heads: 12, imageSize: 224, patchSize: 16 },
  text: { width: 512, layers: 12, heads: 8 },
  projection: 512,
};

const vocabularySize = 640;
const contextLength = 77;

/**
 * A checkpoint folder with random weights of the given sizes, in the Hugging Face layout; kept for the next time.
 * Its answers mean nothing, and cost what a trained model's would.
 */
export async function makeRandomCheckpoint(folder: string, size: ClipSize): Promise<string> {
  const weights = path.join(folder, 'model.safetensors');
  if (existsSync(weights)) return folder;
  await mkdir(folder, { recursive: true });
  const { tokenizer, tokenizerConfig } = clipTokenizer(vocabularySize);
  const files = {
    'config.json': configOf(size),
    'preprocessor_config.json': clipPreprocessor(size.image.imageSize),
    'tokenizer.json': tokenizer,
    'tokenizer_config.json': tokenizerConfig,
  };
  for (const [name, value] of Object.entries(files)) await writeFile(path.join(folder, name), JSON.stringify(value));
  await writeWeights(`${weights}.new`, tensorsOf(size));
  await rename(`${weights}.new`, weights);
  return folder;
}

function configOf({ image, text, projection }: ClipSize): object {
  const tower = ({ width, layers, heads }: TowerSize) => ({
    hidden_size: width,
    intermediate_size: 4 * width,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    projection_dim: projection,
    hidden_act: 'quick_gelu',
    layer_norm_eps: 1e-5,
  });
  return {
    model_type: 'clip',
    projection_dim: projection,
    text_config: {
      model_type: 'clip_text_model',
      ...tower(text),
      vocab_size: vocabularySize,
      max_position_embeddings: contextLength,
      bos_token_id: vocabularySize - 2,
      eos_token_id: vocabularySize - 1,
    },
    vision_config: {
      model_type: 'clip_vision_model',
      ...tower(image),
      num_channels: 3,
      image_size: image.imageSize,
      patch_size: image.patchSize,
    },
  };
}

interface RandomTensor {
  readonly shape: readonly number[];
  readonly centre: number;
  readonly spread: number;
}

/** Every tensor of a Hugging Face CLIP, spread as transformers usually start, so that activations stay in range. */
function tensorsOf({ image, text, projection }: ClipSize): Map<string, RandomTensor> {
  const tensors = new Map<string, RandomTensor>();
  const put = (name: string, shape: readonly number[], spread = 0.02, centre = 0) =>
    tensors.set(name, { shape, centre, spread });
  const norm = (name: string, width: number) => {
    put(`${name}.weight`, [width], 0.02, 1);
    put(`${name}.bias`, [width]);
  };
  const linear = (name: string, to: number, from: number) => {
    put(`${name}.weight`, [to, from]);
    put(`${name}.bias`, [to]);
  };
  const blocks = (tower: string, { width, layers }: TowerSize) => {
    for (let layer = 0; layer < layers; layer += 1) {
      const block = `${tower}.encoder.layers.${layer}`;
      for (const part of ['q_proj', 'k_proj', 'v_proj', 'out_proj']) linear(`${block}.self_attn.${part}`, width, width);
      linear(`${block}.mlp.fc1`, 4 * width, width);
      linear(`${block}.mlp.fc2`, width, 4 * width);
      norm(`${block}.layer_norm1`, width);
      norm(`${block}.layer_norm2`, width);
    }
  };
  put('logit_scale', [], 0, Math.log(100));
  put('text_projection.weight', [projection, text.width]);
  put('visual_projection.weight', [projection, image.width]);
  put('text_model.embeddings.token_embedding.weight', [vocabularySize, text.width]);
  put('text_model.embeddings.position_embedding.weight', [contextLength, text.width]);
  blocks('text_model', text);
  norm('text_model.final_layer_norm', text.width);
  const patches = (image.imageSize / image.patchSize) ** 2;
  put('vision_model.embeddings.class_embedding', [image.width]);
  put('vision_model.embeddings.patch_embedding.weight', [image.width, 3, image.patchSize, image.patchSize]);
  put('vision_model.embeddings.position_embedding.weight', [patches + 1, image.width]);
  norm('vision_model.pre_layrnorm', image.width);
  blocks('vision_model', image);
  norm('vision_model.post_layernorm', image.width);
  return tensors;
}

/** Writes a safetensors file: header length, JSON header padded to 8 bytes, then the numbers in order. */
async function writeWeights(file: string, tensors: ReadonlyMap<string, RandomTensor>): Promise<void> {
  const header: Record<string, object> = {};
  let end = 0;
  for (const [name, { shape }] of tensors) {
    const start = end;
    end += 4 * shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype: 'F32', shape, data_offsets: [start, end] };
  }
  const json = JSON.stringify(header);
  const padded = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8, ' '));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  await using handle = await open(file, 'w');
  await handle.writeFile(Buffer.concat([length, padded]));
  const random = uniformNumbers();
  for (const { shape, centre, spread } of tensors.values()) {
    const count = shape.reduce((a, b) => a * b, 1);
    // Uniform numbers of this half-width have the standard deviation `spread`.
    const halfWidth = spread * Math.sqrt(3);
    const values = new Float32Array(count);
    for (let index = 0; index < count; index += 1) values[index] = centre + halfWidth * random();
    await handle.writeFile(Buffer.from(values.buffer));
  }
}
