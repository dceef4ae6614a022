// Protects: a picture encoder in whole numbers answers as it does in floats, on channels of ordinary size and on some that
// are a hundred times larger; no picture's features depend, in a single bit, on those it is computed with.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCheckpoint, type Checkpoint } from '../checkpoint/checkpoint.ts';
import { overlaid, type ChangedTensors } from '../checkpoint/overlay.ts';
import { clipPictureEncoder } from '../clip/clip-encoder.ts';
import { readClipConfig } from '../clip/config.ts';
import { openModel } from '../open-model.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf } from '../runtime/tensor-value.ts';
import { l2Normalise } from './composites.ts';
import { dim } from './dimension.ts';
import { lowerToOnnx } from './lower-to-onnx.ts';
import { quantiseRows, type Precision } from './quantise.ts';
import { input } from './tensor.ts';

const folder = path.resolve(import.meta.dirname, '../../resources/starter-model');
const config = readClipConfig(folder);
const published = openCheckpoint(folder);
const { image_size: size, hidden_size: width, intermediate_size: inner } = config.vision_config;
const count = 24;
const numbers = 3 * size * size;

/** Smooth pictures, each of its own waves and colours. */
const pictures = Float32Array.from({ length: count * numbers }, (_, at) => {
  const picture = Math.floor(at / numbers);
  const [channel, y, x] = [
    Math.floor((at % numbers) / (size * size)),
    Math.floor((at % (size * size)) / size),
    at % size,
  ];
  return 1.5 * Math.sin((x * (1 + (picture % 5)) + y * (picture % 7)) / 9 + channel * picture);
});

async function features(checkpoint: Checkpoint, precision: Precision, pixels = pictures): Promise<Float32Array> {
  const given = input('pixels', [dim('batch'), 3, size, size]);
  const graph = lowerToOnnx(
    { embeds: l2Normalise(clipPictureEncoder(config, checkpoint).encode(given).embeds) },
    precision,
  );
  await using session = await openSession(graph, { provider: 'cpu', threads: 1 });
  const batch = pixels.length / numbers;
  return floatsOf(await session.run({ pixels: floats(pixels, [batch, 3, size, size]) }), 'embeds');
}

function cosines(a: Float32Array, b: Float32Array): number[] {
  const dimension = config.projection_dim;
  return Array.from({ length: a.length / dimension }, (_, row) => {
    let product = 0;
    for (let at = row * dimension; at < (row + 1) * dimension; at += 1) product += a[at]! * b[at]!;
    return product;
  });
}

/** The same model written so that six channels before every map are a hundred times larger. */
function withOutliers(): Checkpoint {
  const changed = new Map<string, { shape: number[]; values: Float32Array }>();
  const grown = (channel: number): number => (channel % Math.floor(width / 6) === 1 ? 100 : 1);
  for (let layer = 0; layer < config.vision_config.num_hidden_layers; layer += 1) {
    const block = `vision_model.encoder.layers.${layer}`;
    const maps = {
      layer_norm1: ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
      layer_norm2: ['mlp.fc1'],
    };
    for (const [norm, after] of Object.entries(maps)) {
      for (const kind of ['weight', 'bias']) {
        const values = published.values(`${block}.${norm}.${kind}`, [width]);
        changed.set(`${block}.${norm}.${kind}`, { shape: [width], values: values.map((one, at) => one * grown(at)) });
      }
      for (const map of after) {
        const shape = [map === 'mlp.fc1' ? inner : width, width];
        const values = published.values(`${block}.${map}.weight`, shape);
        changed.set(`${block}.${map}.weight`, { shape, values: values.map((one, at) => one / grown(at % width)) });
      }
    }
  }
  return overlaid(published, changed satisfies ChangedTensors, 'outliers');
}

describe('pictures in whole numbers', () => {
  test('have the features that they have in floats', async () => {
    const alike = cosines(await features(published, 'fp32'), await features(published, 'int8'));
    expect(Math.min(...alike)).toBeGreaterThan(0.999);
  });

  test('so they have where a few channels are a hundred times larger', async () => {
    const outliers = withOutliers();
    const plain = await features(published, 'fp32');
    expect(Math.min(...cosines(plain, await features(outliers, 'fp32')))).toBeGreaterThan(0.99999);
    expect(Math.min(...cosines(plain, await features(outliers, 'int8')))).toBeGreaterThan(0.999);
  });

  test('do not depend on their batch, to the bit', async () => {
    const together = await features(published, 'int8');
    const backwards = new Float32Array(pictures.length);
    for (let at = 0; at < count; at += 1)
      backwards.set(pictures.subarray(at * numbers, (at + 1) * numbers), (count - 1 - at) * numbers);
    const turned = await features(published, 'int8', backwards);
    const alone = await features(published, 'int8', pictures.slice(5 * numbers, 6 * numbers));
    const row = (values: Float32Array, at: number) =>
      values.slice(at * config.projection_dim, (at + 1) * config.projection_dim);
    expect(row(turned, count - 1 - 5)).toEqual(row(together, 5));
    expect(alone).toEqual(row(together, 5));
  });

  test('are computed so by a model that is asked to, which tells what it found; texts stay in floats', async () => {
    await using model = await openModel(folder, { provider: 'cpu-int8', threads: 1 });
    const ours = await model.encodeImages(pictures, count);
    expect(Math.min(...cosines(await features(published, 'int8'), ours))).toBeGreaterThan(0.99999);
    expect(model.provider).toMatchObject({ requested: 'cpu-int8', chosen: 'cpu-int8' });
    expect(model.provider.trials.map(({ provider, error }) => [provider, error])).toEqual([
      ['cpu-int8', null],
      ['cpu', null],
    ]);
    expect((await model.warmUp('texts')).chosen).toBe('cpu');
  });
});

test('in half precision pictures have the features that they have in floats', async () => {
  const [floats32, halves] = [await features(published, 'fp32'), await features(published, 'fp16')];
  expect(Math.min(...cosines(floats32, halves))).toBeGreaterThan(0.9999);
  expect(halves).not.toEqual(floats32);
});

test('each output has whole numbers of its own size, turned round; an output of zeros stays zero', () => {
  const { values, scales } = quantiseRows(Float32Array.of(1, -0.5, 0, 0, 100, 50), [3, 2], Float32Array.of(1, 2));
  expect([...scales]).toEqual([Math.fround(1 / 127), 1, Math.fround(100 / 127)]);
  expect([...values]).toEqual([127, 0, 127, -127, 0, 127]);
});
