// Protects: a CLIP in open_clip's layout, and OpenAI's own weights without a configuration, give the tensors of the
// reference to which the same weights belong in Hugging Face's layout, in one file, in shards and in half precision; what
// is another architecture, a pickle or quantised is refused in words.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeModelFiles } from '#e2e/models/write-model-files.ts';
import { checkModel, checkTolerance } from '../check-model.ts';
import { openCheckpoint } from '../checkpoint/checkpoint.ts';
import { writeSafetensors, type TensorToWrite } from '../checkpoint/write-safetensors.ts';
import { openModel } from '../open-model.ts';

const cpu = { provider: 'cpu', threads: 1 } as const;
const goldenOf = (name: string): string => path.join(import.meta.dirname, '..', 'fixtures', name);

interface GoldenConfig {
  readonly projection_dim: number;
  readonly text_config: Readonly<Record<string, number>>;
  readonly vision_config: Readonly<Record<string, number>>;
}
const configOf = (name: string): GoldenConfig =>
  JSON.parse(readFileSync(path.join(goldenOf(name), 'config.json'), 'utf8')) as GoldenConfig;

/** The golden weights as open_clip names and arranges them. */
function renamed(golden: string, text = ''): Map<string, TensorToWrite> {
  const { projection_dim: dim, text_config: t, vision_config: v } = configOf(golden);
  const from = openCheckpoint(goldenOf(golden));
  const tensors = new Map<string, TensorToWrite>();
  const put = (name: string, shape: readonly number[], values: Float32Array) => tensors.set(name, { shape, values });
  const copy = (own: string, name: string, shape: readonly number[]) => put(name, shape, from.values(own, shape));
  const turned = (own: string, name: string, [rows, columns]: readonly [number, number]): void => {
    const values = from.values(own, [rows, columns]);
    const other = Float32Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!);
    put(name, [columns, rows], other);
  };
  copy('logit_scale', 'logit_scale', []);
  for (const [own, block, { hidden_size: width, intermediate_size: inner, num_hidden_layers: layers }] of [
    ['vision_model', 'visual.', v],
    ['text_model', text, t],
  ] as const) {
    for (let layer = 0; layer < layers!; layer += 1) {
      const source = `${own}.encoder.layers.${layer}`;
      const target = `${block}transformer.resblocks.${layer}`;
      for (const [kind, ...rest] of [['weight', width!, width!] as const, ['bias', width!] as const]) {
        const parts = ['q', 'k', 'v'].map((part) => from.values(`${source}.self_attn.${part}_proj.${kind}`, rest));
        const joined = Float32Array.from(parts.flatMap((part) => [...part]));
        put(`${target}.attn.in_proj_${kind}`, [3 * rest[0], ...rest.slice(1)], joined);
        copy(`${source}.self_attn.out_proj.${kind}`, `${target}.attn.out_proj.${kind}`, rest);
        for (const norm of [1, 2])
          copy(`${source}.layer_norm${norm}.${kind}`, `${target}.ln_${norm}.${kind}`, [width!]);
      }
      copy(`${source}.mlp.fc1.weight`, `${target}.mlp.c_fc.weight`, [inner!, width!]);
      copy(`${source}.mlp.fc1.bias`, `${target}.mlp.c_fc.bias`, [inner!]);
      copy(`${source}.mlp.fc2.weight`, `${target}.mlp.c_proj.weight`, [width!, inner!]);
      copy(`${source}.mlp.fc2.bias`, `${target}.mlp.c_proj.bias`, [width!]);
    }
  }
  const [vw, tw] = [v['hidden_size']!, t['hidden_size']!];
  const grid = Math.floor(v['image_size']! / v['patch_size']!);
  for (const kind of ['weight', 'bias']) {
    copy(`vision_model.pre_layrnorm.${kind}`, `visual.ln_pre.${kind}`, [vw]);
    copy(`vision_model.post_layernorm.${kind}`, `visual.ln_post.${kind}`, [vw]);
    copy(`text_model.final_layer_norm.${kind}`, `${text}ln_final.${kind}`, [tw]);
  }
  const embeddings = 'vision_model.embeddings';
  copy(`${embeddings}.class_embedding`, 'visual.class_embedding', [vw]);
  copy(`${embeddings}.patch_embedding.weight`, 'visual.conv1.weight', [vw, 3, v['patch_size']!, v['patch_size']!]);
  copy(`${embeddings}.position_embedding.weight`, 'visual.positional_embedding', [1 + grid * grid, vw]);
  const words = 'text_model.embeddings';
  copy(`${words}.token_embedding.weight`, `${text}token_embedding.weight`, [t['vocab_size']!, tw]);
  copy(`${words}.position_embedding.weight`, `${text}positional_embedding`, [t['max_position_embeddings']!, tw]);
  turned('visual_projection.weight', 'visual.proj', [dim, vw]);
  turned('text_projection.weight', `${text}text_projection`, [dim, tw]);
  return tensors;
}

function description(golden: string, quickGelu: boolean) {
  const { projection_dim: embed_dim, text_config: t, vision_config: v } = configOf(golden);
  return {
    model_cfg: {
      embed_dim,
      quick_gelu: quickGelu,
      vision_cfg: {
        layers: v['num_hidden_layers'],
        width: v['hidden_size'],
        head_width: v['hidden_size']! / v['num_attention_heads']!,
        mlp_ratio: v['intermediate_size']! / v['hidden_size']!,
        patch_size: v['patch_size'],
        image_size: v['image_size'],
      },
      text_cfg: {
        context_length: t['max_position_embeddings'],
        vocab_size: t['vocab_size'],
        width: t['hidden_size'],
        heads: t['num_attention_heads'],
        layers: t['num_hidden_layers'],
        mlp_ratio: t['intermediate_size']! / t['hidden_size']!,
      },
    },
    preprocess_cfg: { mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 0.2], interpolation: 'bilinear', resize_mode: 'squash' },
  };
}

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'open-clip-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function writeFolder(golden: string, quickGelu: boolean, text = ''): Map<string, TensorToWrite> {
  const tensors = renamed(golden, text);
  writeSafetensors(path.join(folder, 'open_clip_model.safetensors'), tensors);
  writeModelFiles(folder, { 'open_clip_config.json': description(golden, quickGelu) });
  copyFileSync(path.join(goldenOf(golden), 'expected.safetensors'), path.join(folder, 'expected.safetensors'));
  return tensors;
}

describe("CLIP in open_clip's layout", () => {
  test.each([
    ['clip-gelu', false, ''],
    ['clip-gelu', false, 'text.'],
    ['clip-legacy-eos', true, ''],
  ])('%s (QuickGELU: %s, text tensors under "%s"): every reference tensor within 1e-4', async (golden, quick, text) => {
    writeFolder(golden, quick, text);
    const { tensors, passed } = await checkModel(folder, cpu);
    expect(Object.keys(tensors)).toContain('prompt.grad_prefix');
    expect(Math.max(...Object.values(tensors))).toBeLessThan(checkTolerance);
    expect(passed).toBe(true);
  });

  test('prepares pictures as its own file says', async () => {
    writeFolder('clip-gelu', false);
    await using model = await openModel(folder, cpu);
    expect(model).toMatchObject({ kind: 'CLIP (open_clip)' });
    expect(model.preprocessing).toMatchObject({ resize: 'squash', resample: 'bilinear', mean: [0.5, 0.4, 0.3] });
  });

  test('texts that end with a mark of their own are read there', async () => {
    writeFolder('metaclip2', true);
    const value = description('metaclip2', true);
    Object.assign(value.model_cfg.text_cfg, { pool_type: 'eos', eos_id: 2, pad_id: 1 });
    writeModelFiles(folder, { 'open_clip_config.json': value });
    expect(await checkModel(folder, cpu)).toMatchObject({ passed: true });
    writeModelFiles(folder, { 'open_clip_config.json': description('metaclip2', true) });
    expect(await checkModel(folder, cpu)).toMatchObject({ passed: false });
  });

  test('the other activation is another model', async () => {
    writeFolder('clip-gelu', true);
    expect((await checkModel(folder, cpu)).passed).toBe(false);
  });

  test('is read by its own names where the picture encoder lies beside it in another layout', async () => {
    const tensors = writeFolder('clip-gelu', false);
    writeSafetensors(path.join(folder, 'open_clip_pytorch_model.safetensors'), tensors);
    rmSync(path.join(folder, 'open_clip_model.safetensors'));
    writeSafetensors(path.join(folder, 'model.safetensors'), new Map([...tensors].slice(0, 1)));
    writeModelFiles(folder, { 'config.json': { architecture: 'vit_base_patch16_clip_224' } });
    expect(await checkModel(folder, cpu)).toMatchObject({ passed: true });
  });

  test('in two shards of bfloat16 it gives nearly the same features', async () => {
    const tensors = [...writeFolder('clip-gelu', false)];
    rmSync(path.join(folder, 'open_clip_model.safetensors'));
    const half = Math.floor(tensors.length / 2);
    const weightMap: Record<string, string> = {};
    [tensors.slice(0, half), tensors.slice(half)].forEach((part, at) => {
      const name = `open_clip_model-0000${at + 1}-of-00002.safetensors`;
      writeBfloat16(path.join(folder, name), part);
      for (const [tensor] of part) weightMap[tensor] = name;
    });
    writeModelFiles(folder, { 'open_clip_model.safetensors.index.json': { weight_map: weightMap } });
    const { tensors: apart } = await checkModel(folder, cpu);
    expect(apart['image_embeds']).toBeGreaterThan(checkTolerance);
    expect(apart['image_embeds']).toBeLessThan(0.05);
    expect(apart['text_embeds']).toBeLessThan(0.05);
  });
});

/** Keeps the upper half of each number: what bfloat16 is, but for rounding. */
function writeBfloat16(file: string, tensors: readonly (readonly [string, TensorToWrite])[]): void {
  const header: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    const words = new Uint16Array((values as Float32Array).slice().buffer).filter((_, at) => at % 2 === 1);
    header[name] = { dtype: 'BF16', shape, data_offsets: [offset, offset + words.byteLength] };
    offset += words.byteLength;
    parts.push(Buffer.from(words.buffer, words.byteOffset, words.byteLength));
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(file, Buffer.concat([length, json, ...parts]));
}

describe("OpenAI's own names", () => {
  test("under a config.json of Hugging Face's: the reference tensors", async () => {
    writeSafetensors(path.join(folder, 'model.safetensors'), renamed('clip-legacy-eos'));
    for (const name of ['config.json', 'expected.safetensors'])
      copyFileSync(path.join(goldenOf('clip-legacy-eos'), name), path.join(folder, name));
    expect((await checkModel(folder, cpu)).passed).toBe(true);
  });

  test('without any configuration: sizes come from the shapes', async () => {
    const tensors = renamed('clip-legacy-eos');
    const { vision_config: vision, text_config: text } = configOf('clip-legacy-eos');
    writeSafetensors(path.join(folder, 'model.safetensors'), tensors);
    await using model = await openModel(folder, cpu);
    expect(model).toMatchObject({ kind: 'CLIP (open_clip)', dim: 40, contextLength: text['max_position_embeddings'] });
    expect(model.preprocessing.cropWidth).toBe(vision['image_size']);
    expect(await model.encodeImages(new Float32Array(3 * vision['image_size']! ** 2), 1)).toHaveLength(40);
  });
});

describe('what is refused, in words', () => {
  const refuses = async (reason: RegExp): Promise<void> =>
    expect(openModel(folder, cpu)).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringMatching(reason),
    });
  const described = (change: (model: { vision_cfg: object; text_cfg: object }) => void): void => {
    writeFolder('clip-gelu', false);
    const value = description('clip-gelu', false);
    change(value.model_cfg);
    writeModelFiles(folder, { 'open_clip_config.json': value });
  };

  test('a residual network, a tower of another library', async () => {
    described(({ vision_cfg }) => Object.assign(vision_cfg, { layers: [3, 4, 6, 3] }));
    await refuses(/vision_cfg\.layers: only vision transformers/);
    described(({ text_cfg }) => Object.assign(text_cfg, { hf_model_name: 'xlm-roberta-base' }));
    await refuses(/text_cfg\.hf_model_name: a text tower of the transformers library cannot be used here/);
    described(({ vision_cfg }) => Object.assign(vision_cfg, { timm_model_name: 'vit_base_patch16_siglip_224' }));
    await refuses(/timm/);
    described(({ text_cfg }) => Object.assign(text_cfg, { norm_kwargs: { eps: 1e-6 } }));
    await refuses(/text_cfg\.norm_kwargs: a norm of another form cannot be used here/);
  });

  test('towers whose widths disagree', async () => {
    const tensors = writeFolder('clip-gelu', false);
    const [width] = tensors.get('text_projection')!.shape as [number];
    tensors.set('text_projection', { shape: [width, 30], values: new Float32Array(width * 30) });
    writeSafetensors(path.join(folder, 'open_clip_model.safetensors'), tensors);
    await refuses(/'text_projection' is \[64, 30\] where config\.json asks for \[64, 32\]/);
  });

  test('weights with NaN', async () => {
    const tensors = writeFolder('clip-gelu', false);
    const { shape, values } = tensors.get('visual.transformer.resblocks.0.attn.in_proj_weight')!;
    (values as Float32Array)[5] = Number.NaN;
    tensors.set('visual.transformer.resblocks.0.attn.in_proj_weight', { shape, values });
    writeSafetensors(path.join(folder, 'open_clip_model.safetensors'), tensors);
    await using model = await openModel(folder, cpu);
    await expect(model.warmUp('images')).rejects.toThrow(/in_proj_weight' holds NaN/);
  });

  test('weights in int8, which are no real numbers, and in 8-bit floats', async () => {
    for (const [type, reason] of [
      ['I8', /as I8, not as real numbers/],
      ['F8_E4M3', /as F8_E4M3, which is not supported\. Take the model in F32, F16 or BF16/],
    ] as const) {
      writeFolder('clip-gelu', false);
      const file = path.join(folder, 'open_clip_model.safetensors');
      const { projection_dim: dim, vision_config: v } = configOf('clip-gelu');
      const quantised = [...renamed('clip-gelu')].filter(([name]) => name !== 'visual.proj');
      writeSafetensors(file, new Map(quantised));
      addBytes(file, 'visual.proj', type, [v['hidden_size']!, dim]);
      await expect(checkModel(folder, cpu)).rejects.toThrow(reason);
    }
  });

  test('a folder with only a pickle: how to convert it', async () => {
    writeModelFiles(folder, { 'open_clip_config.json': description('clip-gelu', false) });
    writeFileSync(path.join(folder, 'open_clip_pytorch_model.bin'), 'pickle');
    await refuses(/open_clip_pytorch_model\.bin, a pickle.*safetensors\.torch\.save_file/);
  });
});

/** Adds a tensor of one byte a number to a safetensors file. */
function addBytes(file: string, name: string, dtype: string, shape: readonly number[]): void {
  const bytes = readFileSync(file);
  const length = Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<string, unknown>;
  const data = bytes.subarray(8 + length);
  const count = shape.reduce((product, size) => product * size, 1);
  header[name] = { dtype, shape, data_offsets: [data.length, data.length + count] };
  const json = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(file, Buffer.concat([size, json, data, Buffer.alloc(count)]));
}
