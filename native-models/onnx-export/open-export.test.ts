// Protects: ready-made encoders work whatever their ports are called and fixed to, and a missing projection is refused.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readClipConfig } from '../clip/config.ts';
import { openCheckpoint } from '../checkpoint/checkpoint.ts';
import { textTower, tokenEmbeddings } from '../clip/text-tower.ts';
import { clipTokenizerFiles } from '../clip/tokenizer-files.ts';
import { visionTower } from '../clip/vision-tower.ts';
import { dim, type Dim } from '../graph/dimension.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { attribute, encodeOnnxModel, onnxElementType } from '../graph/onnx-format.ts';
import { constant, input, type Tensor } from '../graph/tensor.ts';
import { openModel } from '../open-model.ts';

const fixture = path.join(import.meta.dirname, '..', 'fixtures', 'clip-gelu');
const parts = { config: readClipConfig(fixture), checkpoint: openCheckpoint(fixture) };
const cpu = { provider: 'cpu', threads: 1 } as const;
let folder: string;
let onnx: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'export-'));
  onnx = path.join(folder, 'onnx');
  mkdirSync(onnx);
  copyFileSync(path.join(fixture, 'model.safetensors'), path.join(onnx, 'model.safetensors'));
  copyFileSync(path.join(fixture, 'config.json'), path.join(folder, 'config.json'));
  const { tokenizer, tokenizerConfig } = clipTokenizerFiles(['run', 'jump', 'throw'], 640);
  writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  writeFileSync(path.join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig));
});
afterEach(() => rmSync(folder, { recursive: true }));

const save = (name: string, outputs: Readonly<Record<string, Tensor>>): void =>
  writeFileSync(path.join(onnx, name), lowerToOnnx(outputs).bytes);

const vision = (batch: Dim = dim('batch')) =>
  visionTower(input('pixel_values', [batch, 3, 48, 48]), parts.config, parts.checkpoint);

/** The fixture's text encoder, fixed to one text of one word, which ends at position 2. */
function text(name = 'input_ids'): Tensor {
  const ids = input(name, [1, 77], 'int64');
  const end = constant(
    Float32Array.from({ length: 77 }, (_, at) => (at === 2 ? 1 : 0)),
    [1, 77],
  );
  return textTower(tokenEmbeddings(ids, parts.config, parts.checkpoint), end, parts.config, parts.checkpoint).embeds;
}

const pixels = (batch: number): Float32Array =>
  Float32Array.from({ length: batch * 3 * 48 * 48 }, (_, at) => Math.sin(at));

/** The largest difference; infinite where the lengths differ. */
const apart = (a: Float32Array, b: Float32Array): number =>
  a.length === b.length ? Math.max(...a.map((value, at) => Math.abs(value - b[at]!))) : Number.POSITIVE_INFINITY;

describe('exports of a checkpoint', () => {
  beforeEach(() => {
    for (const name of ['tokenizer.json', 'tokenizer_config.json', 'config.json'])
      copyFileSync(path.join(folder, name), path.join(onnx, name));
  });

  test('customary names under onnx/, open batch: features equal those of the checkpoint', async () => {
    const { embeds, lastHidden } = vision();
    save('vision_model.onnx', { image_embeds: embeds, last_hidden_state: lastHidden });
    save('text_model.onnx', { text_embeds: text() });
    await using ready = await openModel(folder, cpu);
    await using checkpoint = await openModel(onnx, cpu);
    expect(ready).toMatchObject({ kind: 'ONNX export', dim: 32, logitScale: 100, contextLength: 77, encoder: null });
    expect(checkpoint.capabilities).toEqual({
      ...ready.capabilities,
      takesPromptVectors: true,
      scoresClips: true,
      mergesTokens: true,
    });
    expect(apart(await ready.encodeImages(pixels(3), 3), await checkpoint.encodeImages(pixels(3), 3))).toBeLessThan(
      1e-5,
    );
    expect(
      apart(await ready.encodeTexts(['run', 'jump', 'throw']), await checkpoint.encodeTexts(['run', 'jump', 'throw'])),
    ).toBeLessThan(1e-5);
    expect(ready.hash).not.toBe(checkpoint.hash);
  });

  test('other names, and a batch fixed to two: five pictures go in three runs', async () => {
    const renamed = visionTower(input('input', [2, 3, 48, 48]), parts.config, parts.checkpoint);
    save('vision_model.onnx', { output: renamed.embeds });
    save('text_model.onnx', { output: text('input') });
    await using ready = await openModel(folder, cpu);
    await using checkpoint = await openModel(onnx, cpu);
    expect(apart(await ready.encodeImages(pixels(5), 5), await checkpoint.encodeImages(pixels(5), 5))).toBeLessThan(
      1e-5,
    );
    expect(apart(await ready.encodeTexts(['jump']), await checkpoint.encodeTexts(['jump']))).toBeLessThan(1e-5);
  });

  test('an encoder without its projection is refused, with its outputs named', async () => {
    const { embeds, lastHidden } = vision();
    save('vision_model.onnx', { last_hidden_state: lastHidden, pooler_output: embeds });
    save('text_model.onnx', { text_embeds: text() });
    await expect(openModel(folder, cpu)).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringMatching(/vision_model\.onnx was exported without its projection.*pooler_output/),
    });
  });

  test('one encoder alone, and a file that is no model, are refused', async () => {
    save('vision_model.onnx', { image_embeds: vision().embeds });
    await expect(openModel(folder, cpu)).rejects.toThrow('both vision_model.onnx and text_model.onnx are needed');
    writeFileSync(path.join(onnx, 'text_model.onnx'), 'text');
    await using ready = await openModel(folder, cpu);
    await expect(ready.encodeTexts(['run'])).rejects.toMatchObject({ code: 'unreadable-model' });
  });
});

test('int32 ids with a mask: rows are padded with the token that the tokenizer pads with, and the mask marks the words', async () => {
  save('vision_model.onnx', { image_embeds: vision().embeds });
  const dims = (sizes: readonly number[]) => ({ dim: sizes.map((dimValue) => ({ dimValue })) });
  const port = (name: string, elemType: number, sizes: readonly number[]) => ({
    name,
    type: { tensorType: { elemType, shape: dims(sizes) } },
  });
  const node = (
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, number>> = {},
  ) => ({
    name: output,
    opType,
    input: inputs,
    output: [output],
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  });
  const int32 = 6;
  // [last id, number of words]: a stand-in for an encoder that looks at every position.
  const graph = {
    name: 'text',
    node: [
      node('Cast', ['ids'], 'ids_f', { to: onnxElementType.float32 }),
      node('Slice', ['ids_f', 'last', 'end', 'axis'], 'last_id'),
      node('Cast', ['attention_mask'], 'mask_f', { to: onnxElementType.float32 }),
      node('ReduceSum', ['mask_f', 'axis'], 'words', { keepdims: 1 }),
      node('Concat', ['last_id', 'words'], 'sentence', { axis: 1 }),
    ],
    initializer: Object.entries<number>({ last: 19, end: 20, axis: 1 }).map(([name, value]) => ({
      name,
      dims: [1],
      dataType: onnxElementType.int64,
      rawData: new Uint8Array(BigInt64Array.of(BigInt(value)).buffer),
    })),
    input: [port('ids', int32, [1, 20]), port('attention_mask', int32, [1, 20])],
    output: [port('sentence', onnxElementType.float32, [1, 2])],
  };
  writeFileSync(path.join(onnx, 'text_model.onnx'), encodeOnnxModel(graph));
  await using ready = await openModel(folder, cpu);
  const [padding, words] = await ready.encodeTexts(['run jump']);
  expect(padding! / words!).toBeCloseTo(639 / 4, 3);
});
