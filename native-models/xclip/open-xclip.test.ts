// Protects: X-CLIP's three pieces at run time are what the whole is; clips of another length, folders of the wrong kind
// and damaged tunings are refused in words; any CLIP-shaped backbone will do.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRandomXClip, tinyXClip } from '#e2e/models/random-xclip.ts';
import { checkModel } from '../check-model.ts';
import { readChangedTensors } from '../checkpoint/overlay.ts';
import { writeSafetensors } from '../checkpoint/write-safetensors.ts';
import { rowFeeds, textLeaves } from '../dual-encoder/text-feeds.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { openModel } from '../open-model.ts';
import { onlyScoresClips, openVideoModel, type VideoTextModel } from '../open-video-model.ts';
import { ReferenceTensors } from '../reference-tensors.ts';
import { openSession } from '../runtime/session.ts';
import { floatsOf } from '../runtime/tensor-value.ts';
import { changesClips, isNewPart, isTrained } from './trained-parts.ts';
import { encodeNames } from './xclip.ts';
import { readXClipParts } from './xclip-parts.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const folder = path.join(fixtures, 'xclip');
const scratch = mkdtempSync(path.join(tmpdir(), 'open-xclip-'));
let model: VideoTextModel;

beforeAll(async () => {
  model = await openVideoModel(folder, { provider: 'cpu' });
});

afterAll(async () => {
  await model[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true, force: true });
});

const noise = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(12.9898 * (at + 1) + 78.233 * seed));
const clipLength = (): number => model.frameCount * 3 * model.preprocessing.cropHeight ** 2;
const closeTo = (values: Float32Array, expected: Float32Array, within: number): void => {
  expect(values.length).toBe(expected.length);
  values.forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThan(within));
};

describe('an opened X-CLIP', () => {
  it('says what it takes', () => {
    expect(model).toMatchObject({ name: 'xclip', kind: 'X-CLIP', frameCount: 4, contextRows: 16, dim: 40 });
    expect(model.clipHash).toBe(model.hash);
    expect(model.preprocessing).toMatchObject({
      resample: 'bilinear',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    });
  });

  it('gives a clip the same features and scores alone and among others', async () => {
    const all = noise(3 * clipLength(), 1);
    const names = noise(5 * model.dim, 2);
    const together = await model.encodeClips(all, 3);
    const scores = await model.score(together, names);
    for (let clip = 0; clip < 3; clip += 1) {
      const alone = await model.encodeClips(all.subarray(clip * clipLength(), (clip + 1) * clipLength()), 1);
      closeTo(alone.frames, together.frames.slice(clip * alone.frames.length, (clip + 1) * alone.frames.length), 1e-4);
      closeTo(
        alone.context,
        together.context.slice(clip * alone.context.length, (clip + 1) * alone.context.length),
        1e-4,
      );
      closeTo(await model.score(alone, names), scores.slice(clip * 5, (clip + 1) * 5), 1e-3);
    }
    expect(await model.score(await model.encodeClips(new Float32Array(), 0), names)).toEqual(new Float32Array());
  });

  it('has the features in whole numbers that it has in floats', async () => {
    await using inWholeNumbers = await openVideoModel(folder, { provider: 'cpu-int8' });
    const clips = noise(2 * clipLength(), 3);
    const [ours, exact] = [await inWholeNumbers.encodeClips(clips, 2), await model.encodeClips(clips, 2)];
    expect(inWholeNumbers.provider.chosen).toBe('cpu-int8');
    const cosine = (a: Float32Array, b: Float32Array): number =>
      a.reduce((sum, value, at) => sum + value * b[at]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
    for (let row = 0; row < 2 * model.frameCount; row += 1) {
      const rowOf = (values: Float32Array) => values.slice(row * model.dim, (row + 1) * model.dim);
      expect(cosine(rowOf(ours.frames), rowOf(exact.frames))).toBeGreaterThan(0.999);
    }
    expect(ours.frames).not.toEqual(exact.frames);
    const names = noise(3 * model.dim, 6);
    const [scores, expected] = [await inWholeNumbers.score(ours, names), await model.score(exact, names)];
    closeTo(scores, expected, 0.05 * Math.max(...expected.map(Math.abs)));
  });

  it('hears the order of frames', async () => {
    const clip = noise(clipLength(), 4);
    const frame = clipLength() / model.frameCount;
    const reversed = new Float32Array(clip.length);
    for (let at = 0; at < model.frameCount; at += 1) {
      reversed.set(clip.subarray(at * frame, (at + 1) * frame), (model.frameCount - 1 - at) * frame);
    }
    const names = noise(2 * model.dim, 5);
    const forwards = await model.score(await model.encodeClips(clip, 1), names);
    expect(await model.score(await model.encodeClips(reversed, 1), names)).not.toEqual(forwards);
  });

  it('computes in pieces what the reference computes at once', async () => {
    const reference = new ReferenceTensors(path.join(folder, 'expected.safetensors'));
    const pixels = reference.take('pixel_values');
    const clips = await model.encodeClips(pixels.data as Float32Array, pixels.shape[0]!);
    // The reference names no words but their tokens, so the second piece is run on those.
    const tokens = reference.take('input_ids');
    const reader = model.parts.texts;
    const embeds = encodeNames(reader, textLeaves(reader, tokens.shape));
    await using session = await openSession(lowerToOnnx({ embeds }), { provider: 'cpu' });
    const [rows, length] = tokens.shape as [number, number];
    const texts = Array.from({ length: rows }, (_, row) =>
      Array.from(tokens.data.slice(row * length, (row + 1) * length), Number),
    );
    const lengths = texts.map((ids) => ids.length);
    const names = await session.run(rowFeeds(reader, texts, lengths));
    const logits = await model.score(clips, floatsOf(names, 'embeds'));
    closeTo(logits, reference.take('logits_per_video').data as Float32Array, 1e-4);
  });

  it('encodes a name the same alone and among others', async () => {
    await using tiny = await openVideoModel(makeRandomXClip(path.join(scratch, 'with-names')), { provider: 'cpu' });
    const names = await tiny.encodeNames(['run', 'throw discus', 'run']);
    closeTo(names.slice(0, tiny.dim), names.slice(2 * tiny.dim), 1e-6);
    closeTo(await tiny.encodeNames(['throw discus']), names.slice(tiny.dim, 2 * tiny.dim), 1e-4);
    expect(tiny.readName('run '.repeat(100))).toMatchObject({ truncated: true });
  });

  it('refuses clips of another number of frames', async () => {
    const short = new Float32Array((clipLength() / model.frameCount) * (model.frameCount - 1));
    await expect(model.encodeClips(short, 1)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/exactly 4 frames of 32×32; given were 3 frames/),
    });
  });

  it('says that names need a tokenizer', async () => {
    expect(() => model.readName('run')).toThrow(/no tokenizer\.json/);
    await expect(async () => model.encodeNames(['run'])).rejects.toThrow(/no tokenizer\.json/);
  });
});

describe('folders of X-CLIP', () => {
  it('and ready-made encoders do not pass for each other, and each says where it belongs', async () => {
    await expect(openModel(folder)).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringContaining("project's scorer"),
    });
    const exported = path.join(scratch, 'exported');
    mkdirSync(exported);
    for (const name of ['vision_model.onnx', 'text_model.onnx']) writeFileSync(path.join(exported, name), '');
    await expect(openVideoModel(exported)).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringContaining("project's model"),
    });
    expect(onlyScoresClips(folder)).toBe(true);
    expect(onlyScoresClips(path.join(fixtures, 'clip-gelu'))).toBe(false);
    const plain = path.join(scratch, 'plain');
    cpSync(path.join(fixtures, 'clip-legacy-eos'), plain, { recursive: true });
    changeConfig(plain, (config) => ({ ...config, model_type: 'xclip' }));
    await expect(openVideoModel(plain)).rejects.toThrow(/no message layers: they are those of a plain CLIP/);
  });

  it('with another number of frames than the weights, or heads that do not divide, are refused', async () => {
    const made = makeRandomXClip(path.join(scratch, 'frames'));
    changeConfig(made, (config) => ({ ...config, vision_config: { ...config['vision_config'], num_frames: 8 } }));
    await expect(openVideoModel(made)).rejects.toThrow(
      /mit\.position_embedding' is \[1, 4, 40\] where config\.json asks for \[1, 8, 40\]/,
    );
    changeConfig(made, (config) => ({ ...config, prompt_num_attention_heads: 7 }));
    await expect(openVideoModel(made)).rejects.toThrow(
      /prompt_num_attention_heads: a width of 40 does not divide into 7 heads/,
    );
  });

  it('of other sizes work: 16 frames, other widths and heads, an unused border', async () => {
    const { passed, tensors } = await checkModel(path.join(fixtures, 'xclip-other-sizes'), { provider: 'cpu' });
    expect(Object.keys(tensors)).toContain('logits_per_video');
    expect(passed).toBe(true);
  });

  it('may leave heads out: those of the width', async () => {
    const { prompt_num_attention_heads: _, ...rest } = tinyXClip;
    const { num_attention_heads: __, mit_num_attention_heads: ___, ...vision } = rest.vision_config!;
    const wide = { ...vision, hidden_size: 128, mit_hidden_size: 40, num_frames: 32 };
    await using opened = await openVideoModel(
      makeRandomXClip(path.join(scratch, 'headless'), { ...rest, vision_config: wide }),
      { provider: 'cpu' },
    );
    expect(readXClipParts(opened.parts.folder).config).toMatchObject({
      prompt_num_attention_heads: 8,
      vision_config: { num_attention_heads: 2, mit_num_attention_heads: 8, num_frames: 32 },
    });
    const clip = await opened.encodeClips(noise(32 * 3 * 32 * 32, 1), 1);
    expect((await opened.score(clip, await opened.encodeNames(['run']))).every(Number.isFinite)).toBe(true);
  });

  it('check themselves without a reference file', async () => {
    const made = makeRandomXClip(path.join(scratch, 'unreferenced'));
    expect(await checkModel(made, { provider: 'cpu' })).toMatchObject({
      tensors: {},
      passed: true,
      provider: { chosen: 'cpu' },
    });
  });
});

describe('tuned tensors', () => {
  it('take the place of the published ones, and those of another model are refused', async () => {
    const shape = [40];
    const tunedFile = path.join(scratch, 'tuned.safetensors');
    writeSafetensors(
      tunedFile,
      new Map([['prompts_generator.alpha', { shape, values: new Float32Array(40).fill(3) }]]),
    );
    await using tuned = await openVideoModel(folder, { provider: 'cpu', tunedFile });
    const clip = await model.encodeClips(noise(clipLength(), 1), 1);
    const names = noise(3 * model.dim, 2);
    expect(await tuned.score(clip, names)).not.toEqual(await model.score(clip, names));
    expect([tuned.hash === model.hash, tuned.clipHash === model.clipHash]).toEqual([false, true]);

    const foreign = path.join(scratch, 'foreign.safetensors');
    writeSafetensors(foreign, new Map([['prompts_generator.alpha', { shape: [3], values: new Float32Array(3) }]]));
    await expect(openVideoModel(folder, { tunedFile: foreign })).rejects.toThrow(/of another model/);
    writeSafetensors(foreign, new Map([['no.such.tensor', { shape: [3], values: new Float32Array(3) }]]));
    await expect(openVideoModel(folder, { tunedFile: foreign })).rejects.toThrow(/of another model/);
    writeSafetensors(
      foreign,
      new Map([['prompts_generator.alpha', { shape, values: new Float32Array(40).fill(Number.NaN) }]]),
    );
    expect(() => readChangedTensors(foreign)).toThrow(/damaged/);
  });

  it('are the parts that the paper trains', () => {
    const message = 'vision_model.encoder.layers.3.message_attn.q_proj.weight';
    const old = 'vision_model.encoder.layers.3.self_attn.q_proj.weight';
    const alpha = 'prompts_generator.alpha';
    const text = 'text_model.encoder.layers.0.mlp.fc1.weight';
    const trained = (name: string) => (['scorer', 'added', 'vision'] as const).map((parts) => isTrained(name, parts));
    expect([alpha, 'mit.position_embedding'].map(trained)).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
    expect([message, 'prompts_visual_projection'].map(trained)).toEqual([
      [false, true, true],
      [false, true, true],
    ]);
    expect(trained(old)).toEqual([false, false, true]);
    expect(trained(text)).toEqual([false, false, false]);
    expect([alpha, message, old].map(isNewPart)).toEqual([true, true, false]);
    expect([alpha, message, old, 'prompts_visual_layernorm.bias'].map(changesClips)).toEqual([false, true, true, true]);
  });
});

function changeConfig(of: string, change: (config: Record<string, Record<string, unknown>>) => object): void {
  const file = path.join(of, 'config.json');
  writeFileSync(
    file,
    JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>)),
  );
}
