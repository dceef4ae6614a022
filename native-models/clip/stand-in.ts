import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeSafetensors } from '../checkpoint/write-safetensors.ts';
import { dim } from '../graph/dimension.ts';
import { input } from '../graph/tensor.ts';
import { trainableCheckpoint } from '../training/trainable-checkpoint.ts';
import { readClipConfig } from './config.ts';
import { textTower, tokenEmbeddings } from './text-tower.ts';
import { visionTower } from './vision-tower.ts';

/** Of one frame through a ViT-B/16 at 224 pixels (Radford et al. 2021), two a multiplication and addition. */
export const standInGigaflops = 35.1;

/**
 * Writes a model folder that costs what a ViT-B/16 costs a frame and knows nothing: what a machine is tried with before
 * any model is there. Its text tower is next to nothing.
 */
export function writeStandIn(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const text = { vocab_size: 8, eos_token_id: 7, max_position_embeddings: 8, hidden_size: 64, num_hidden_layers: 1 };
  const config = {
    model_type: 'clip',
    text_config: { ...text, num_attention_heads: 1, intermediate_size: 64 },
    vision_config: { patch_size: 16 },
  };
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
  const read = readClipConfig(folder);
  const checkpoint = trainableCheckpoint();
  checkpoint.tensor('logit_scale', []);
  const tokens = [dim('texts'), dim('tokens')];
  textTower(tokenEmbeddings(input('ids', tokens, 'int64'), read, checkpoint), input('end', tokens), read, checkpoint);
  const { image_size: side } = read.vision_config;
  visionTower(input('pixels', [dim('frames'), 3, side, side]), read, checkpoint);
  const tensors = [...checkpoint.parameters].map(([name, { shape }]) => {
    const sizes = shape as readonly number[];
    return [name, { shape: sizes, values: () => spread(name, sizes) }] as const;
  });
  writeSafetensors(path.join(folder, 'model.safetensors'), new Map(tensors));
}

/** Numbers that keep activations in range; gains are 1. */
function spread(name: string, shape: readonly number[]): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (/norm\d?\.weight$|layrnorm\.weight$/.test(name)) return values.fill(1);
  for (let at = 0; at < values.length; at += 1) values[at] = 0.06 * (Math.random() - 0.5);
  return values;
}
