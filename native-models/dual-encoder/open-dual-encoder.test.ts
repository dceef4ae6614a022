// Protects: what the program relies on when it encodes pictures and texts, whatever the batch, and clear failures without files.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageTextModel } from '../image-text-model.ts';
import { openModel } from '../open-model.ts';
import { readClipConfig } from '../clip/config.ts';
import { clipTokenizerFiles } from '../clip/tokenizer-files.ts';

const fixture = path.join(import.meta.dirname, '..', 'fixtures', 'clip-legacy-eos');
const cpu = { provider: 'cpu', threads: 1 } as const;
const pictures = (count: number): Float32Array =>
  Float32Array.from({ length: count * 3 * 32 * 32 }, (_, at) => Math.sin(at * 0.3));
const closeTo = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((value, at) => Math.abs(value - b[at]!) < 1e-5);

let folder: string;
let model: ImageTextModel;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'clip-'));
  cpSync(fixture, folder, { recursive: true });
  const { tokenizer, tokenizerConfig } = clipTokenizerFiles(['run', 'jump', 'throw', 'a', 'person'], 640);
  writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  writeFileSync(path.join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig));
  model = await openModel(folder, cpu);
});
afterAll(async () => {
  await model[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

describe('an opened CLIP folder', () => {
  test('tells what it is', () => {
    expect(model).toMatchObject({ name: path.basename(folder), kind: 'CLIP', dim: 40, contextLength: 77 });
    expect(model.preprocessing).toMatchObject({
      resize: 'shortest-edge',
      size: 32,
      cropWidth: 32,
      cropHeight: 32,
      resample: 'bicubic',
    });
    expect(model.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a picture has the same features alone and in a batch, of length 1', async () => {
    const together = await model.encodeImages(pictures(3), 3);
    const alone = await model.encodeImages(pictures(3).slice(2 * 3 * 32 * 32), 1);
    expect(closeTo(together.slice(80), alone)).toBe(true);
    expect(Math.hypot(...alone)).toBeCloseTo(1, 5);
    expect(await model.encodeImages(new Float32Array(), 0)).toHaveLength(0);
    await expect(model.encodeImages(pictures(2), 3)).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('a text has the same features alone and among 150 longer and shorter ones, in the order asked', async () => {
    const words = Array.from(
      { length: 150 },
      (_, at) => ['run', 'a person jump', 'throw a run', 'jump'][at % 4] + ' a'.repeat(at % 7),
    );
    const together = await model.encodeTexts(words);
    for (const at of [0, 1, 77, 149]) {
      expect(closeTo(together.slice(at * 40, (at + 1) * 40), await model.encodeTexts([words[at]!]))).toBe(true);
    }
    expect(await model.encodeTexts([])).toHaveLength(0);
  });

  test('a text that is too long is cut and says so', async () => {
    expect(model.readText('run')).toEqual({ tokens: 3, truncated: false });
    expect(model.readText('run '.repeat(100))).toEqual({ tokens: 77, truncated: true });
    const [long, longer] = [
      await model.encodeTexts(['run '.repeat(100)]),
      await model.encodeTexts(['run '.repeat(200)]),
    ];
    expect(closeTo(long, longer)).toBe(true);
  });

  test('the hash follows the weights and the configuration', async () => {
    const other = mkdtempSync(path.join(tmpdir(), 'clip-'));
    cpSync(fixture, other, { recursive: true });
    const weights = path.join(other, 'model.safetensors');
    const bytes = readFileSync(weights);
    bytes[bytes.length - 2]! ^= 1;
    writeFileSync(weights, bytes);
    await using changed = await openModel(other, cpu);
    await using original = await openModel(fixture, cpu);
    expect(original.hash).toBe(model.hash);
    expect(changed.hash).not.toBe(model.hash);
    rmSync(other, { recursive: true });
  });
});

describe('folders that lack something', () => {
  test('without a tokenizer pictures still work; texts fail with what to do', async () => {
    await using bare = await openModel(fixture, cpu);
    expect(await bare.encodeImages(pictures(1), 1)).toHaveLength(40);
    await expect(bare.encodeTexts(['run'])).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringContaining('no tokenizer.json'),
    });
    expect(() => bare.readText('run')).toThrow('no tokenizer.json');
  });

  test('a folder that is not there, is empty, or is of another kind', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'clip-'));
    await expect(openModel(path.join(empty, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(openModel(empty)).rejects.toThrow('holds neither config.json');
    copyFileSync(path.join(fixture, 'model.safetensors'), path.join(empty, 'model.safetensors'));
    writeFileSync(path.join(empty, 'config.json'), '{"model_type": "bert"}');
    await expect(openModel(empty)).rejects.toThrow("type 'bert'");
    writeFileSync(path.join(empty, 'config.json'), '{"model_type": "clip", "text_config": {"hidden_act": "mish"}}');
    await expect(openModel(empty)).rejects.toThrow(/config\.json cannot be used: text_config\.hidden_act/);
    writeFileSync(path.join(empty, 'config.json'), '{');
    await expect(openModel(empty)).rejects.toThrow('is not JSON');
    rmSync(empty, { recursive: true });
  });
});

test('a nearly empty config.json takes the defaults; older names for its parts count', () => {
  const sparse = mkdtempSync(path.join(tmpdir(), 'clip-'));
  writeFileSync(
    path.join(sparse, 'config.json'),
    '{"model_type": "clip", "text_config_dict": {"eos_token_id": 2}, "vision_config": {"patch_size": 16}, "vision_config_dict": null}',
  );
  expect(readClipConfig(sparse)).toMatchObject({
    projection_dim: 512,
    text_config: {
      hidden_size: 512,
      intermediate_size: 2048,
      num_hidden_layers: 12,
      num_attention_heads: 8,
      max_position_embeddings: 77,
      eos_token_id: 2,
      hidden_act: 'quick_gelu',
    },
    vision_config: {
      hidden_size: 768,
      intermediate_size: 3072,
      num_attention_heads: 12,
      patch_size: 16,
      image_size: 224,
      layer_norm_eps: 1e-5,
    },
  });
  rmSync(sparse, { recursive: true });
});
