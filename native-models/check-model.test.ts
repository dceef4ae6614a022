// Protects: both towers of every dual encoder, prompt vectors and their gradients equal what the reference implementation computed.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSafetensorsHeader } from './checkpoint/safetensors.ts';
import { readTensorValue } from './checkpoint/tensor-value-file.ts';
import { writeSafetensors } from './checkpoint/write-safetensors.ts';
import { checkModel, checkTolerance } from './check-model.ts';

const fixture = (name: string): string => path.join(import.meta.dirname, 'fixtures', name);
const everyTensor = [
  'image_embeds',
  'logits_per_image',
  'prompt.class_embeds',
  'prompt.grad_postfix',
  'prompt.grad_prefix',
  'prompt.logits',
  'prompt.loss',
  'text_embeds',
  'text_last_hidden_nomask',
  'vision_last_hidden',
];

const towers = ['image_embeds', 'logits_per_image', 'text_embeds', 'vision_last_hidden'];
const expected: Readonly<Record<string, readonly string[]>> = {
  'clip-gelu': everyTensor,
  'clip-legacy-eos': everyTensor,
  siglip: everyTensor.map((name) => name.replace('_nomask', '')),
  metaclip2: towers,
  align: towers.filter((name) => name !== 'vision_last_hidden'),
};

test.each(Object.keys(expected))('%s: every tensor of the reference within 1e-4', async (name) => {
  const check = await checkModel(fixture(name), { provider: 'cpu', threads: 1 });
  expect(Object.keys(check.tensors).toSorted()).toEqual(expected[name]);
  expect(Object.entries(check.tensors).filter(([, difference]) => !(difference < checkTolerance))).toEqual([]);
  expect(check).toMatchObject({ model: name, passed: true });
});

test('weights in half precision give nearly the same features', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-model-'));
  cpSync(fixture('clip-gelu'), folder, { recursive: true });
  const file = path.join(folder, 'model.safetensors');
  const halved = [...readSafetensorsHeader(file)].map(([name, stored]) => {
    const { shape, data } = readTensorValue(stored);
    return [name, { shape, values: data as Float32Array }] as const;
  });
  writeSafetensors(file, new Map(halved), 'F16');
  const { tensors } = await checkModel(folder, { provider: 'cpu', threads: 1 });
  expect(tensors['image_embeds']).toBeGreaterThan(checkTolerance / 100);
  expect(tensors['image_embeds']).toBeLessThan(5e-3);
  expect(tensors['text_embeds']).toBeLessThan(5e-3);
  rmSync(folder, { recursive: true });
});

test('a logit scale stored as a list of one is the number in it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-model-'));
  cpSync(fixture('clip-gelu'), folder, { recursive: true });
  const file = path.join(folder, 'model.safetensors');
  const listed = [...readSafetensorsHeader(file)].map(([name, stored]) => {
    const { shape, data } = readTensorValue(stored);
    return [name, { shape: name === 'logit_scale' ? [1] : shape, values: data as Float32Array }] as const;
  });
  writeSafetensors(file, new Map(listed));
  expect(readSafetensorsHeader(file).get('logit_scale')!.shape).toEqual([1]);
  expect(await checkModel(folder, { provider: 'cpu', threads: 1 })).toMatchObject({ passed: true });
  rmSync(folder, { recursive: true });
});

describe('a check that must not pass', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'check-model-'));
    cpSync(fixture('clip-gelu'), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('a reference tensor of an unknown name is an error, not ignored', async () => {
    const file = path.join(folder, 'expected.safetensors');
    const bytes = readFileSync(file);
    // Same length, so that the header stays right.
    writeFileSync(file, Buffer.from(bytes.toString('latin1').replace('"text_embeds"', '"test_embeds"'), 'latin1'));
    await expect(checkModel(folder, { provider: 'cpu' })).rejects.toThrow("'test_embeds', which nothing here computes");
  });

  test('a wrong activation is seen', async () => {
    const file = path.join(folder, 'config.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"gelu"', '"quick_gelu"'));
    const { passed, tensors } = await checkModel(folder, { provider: 'cpu' });
    expect(passed).toBe(false);
    expect(tensors['image_embeds']).toBeGreaterThan(checkTolerance);
  });

  test('a configuration that does not fit its weights names the tensor', async () => {
    const file = path.join(folder, 'config.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"vocab_size": 640', '"vocab_size": 641'));
    await expect(checkModel(folder, { provider: 'cpu' })).rejects.toThrow(
      /token_embedding\.weight' is \[640, 64\] where config\.json asks for \[641, 64\]/,
    );
  });
});
