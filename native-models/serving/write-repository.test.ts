// Protects: what is exported for a server is complete, says what it takes and gives, and computes what the model here does.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import protobuf from 'protobufjs';
import { fromText } from 'protobufjs/ext/textformat.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRandomXClip } from '#e2e/models/random-xclip.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { openModel, readDualEncoder } from '../open-model.ts';
import { openVideoModel } from '../open-video-model.ts';
import { textFeeds } from '../dual-encoder/text-feeds.ts';
import { probeImages } from '../runtime/probe.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf, type TensorValues } from '../runtime/tensor-value.ts';
import { writeRepository } from './write-repository.ts';

const out = mkdtempSync(path.join(tmpdir(), 'cuepoint-repository-'));
const clip = path.join(out, 'tiny');
const xclip = path.join(out, 'tiny-xclip');
const repository = path.join(out, 'repository');

beforeAll(async () => {
  await makeTinyCheckpoint(clip);
  makeRandomXClip(xclip);
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The part of Triton's ModelConfig (model_config.proto, with its names and numbers) that may stand in a repository here. */
const modelConfig = protobuf
  .parse(
    `
  syntax = "proto3";
  enum DataType { TYPE_INVALID = 0; TYPE_INT64 = 9; TYPE_FP16 = 10; TYPE_FP32 = 11; }
  message Port { string name = 1; DataType data_type = 2; repeated int64 dims = 4; }
  message Output { string name = 1; DataType data_type = 2; repeated int64 dims = 3; }
  message VersionPolicy { message Latest { uint32 num_versions = 1; } Latest latest = 1; }
  message DynamicBatching { uint64 max_queue_delay_microseconds = 2; }
  message Warmup {
    message Input { DataType data_type = 1; repeated int64 dims = 2; oneof data { bool zero_data = 3; bool random_data = 4; } }
    string name = 1; uint32 batch_size = 2; map<string, Input> inputs = 3;
  }
  message Parameter { string string_value = 1; }
  message ModelConfig {
    string name = 1; VersionPolicy version_policy = 3; int32 max_batch_size = 4; repeated Port input = 5;
    repeated Output output = 6; string default_model_filename = 8; DynamicBatching dynamic_batching = 11;
    map<string, Parameter> parameters = 14; repeated Warmup model_warmup = 16; string backend = 17;
  }`,
    { keepCase: true },
  )
  .root.lookupType('ModelConfig');

interface Port {
  readonly name: string;
  readonly data_type: string;
  readonly dims: readonly number[];
}
interface Config {
  readonly max_batch_size: number;
  readonly input: readonly Port[];
  readonly output: readonly Port[];
}

/** A configuration as the reader of protobuf's text format reads it, which refuses what the message does not have. */
const configOf = (name: string): Config =>
  modelConfig.toObject(fromText(modelConfig, readFileSync(path.join(repository, name, 'config.pbtxt'), 'utf8')), {
    enums: String,
    longs: Number,
  }) as Config;

const tolerance = 1e-4;
const apart = (a: Float32Array, b: Float32Array): number => {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, at) => Math.max(worst, Math.abs(value - b[at]!)), 0);
};

/** Runs a file of the repository by the runtime here, and gives one output. */
async function served(name: string, version: number, feeds: TensorValues, output: string): Promise<Float32Array> {
  await using session = await openSession(path.join(repository, name, String(version), 'model.onnx'), {
    provider: 'cpu',
  });
  expectPortsToFit(configOf(name), session);
  return floatsOf(await session.run(feeds), output);
}

/** The configuration must say of each port what the file itself says. */
function expectPortsToFit(
  { max_batch_size: largestBatch, input, output }: Config,
  session: Awaited<ReturnType<typeof openSession>>,
): void {
  const types: Readonly<Record<string, string>> = { TYPE_FP32: 'float32', TYPE_INT64: 'int64' };
  const said = (ports: readonly Port[]) =>
    ports.map(({ name, data_type: type, dims }) => ({
      name,
      type: types[type],
      shape: [...(largestBatch > 0 ? [-1] : []), ...dims],
    }));
  const own = (all: typeof session.inputs) =>
    all.map(({ name, type, shape }) => ({
      name,
      type,
      shape: shape.map((size) => (typeof size === 'number' && size > 0 ? size : -1)),
    }));
  expect(said(input)).toEqual(own(session.inputs));
  expect(said(output)).toEqual(own(session.outputs));
}

test('the frame and text encoders of a CLIP, read back, give its own features', async () => {
  await using model = await openModel(clip, { provider: 'cpu' });
  const written = writeRepository({ folder: clip, hash: model.hash, name: 'lab', precision: 'fp32', out: repository });
  expect(written.map(({ name, version }) => [name, version])).toEqual([
    ['lab-frames', 1],
    ['lab-texts', 1],
  ]);
  const size = model.preprocessing.cropHeight;
  const pixels = probeImages(size);
  const local = await model.encodeImages(pixels.data as Float32Array, 2);
  expect(apart(await served('lab-frames', 1, { pixels }, 'embeds'), local)).toBeLessThan(tolerance);
  const { texts, tokenizer } = readDualEncoder(clip);
  const feeds = textFeeds(texts, [tokenizer!.encode('a person jumps').ids]);
  const names = await model.encodeTexts(['a person jumps']);
  expect(apart(await served('lab-texts', 1, feeds, 'embeds'), names)).toBeLessThan(tolerance);

  expect(configOf('lab-frames')).toMatchObject({
    name: 'lab-frames',
    backend: 'onnxruntime',
    max_batch_size: 64,
    dynamic_batching: { max_queue_delay_microseconds: 2000 },
    version_policy: { latest: { num_versions: 2 } },
    parameters: { cuepoint_model_hash: { string_value: model.hash } },
    model_warmup: [
      { batch_size: 1, inputs: { pixels: { data_type: 'TYPE_FP32', dims: [3, size, size], zero_data: true } } },
    ],
  });
});

test('another export is another version beside the first, in half precision too', async () => {
  await using model = await openModel(clip, { provider: 'cpu' });
  const request = { folder: clip, hash: model.hash, name: 'twice', out: repository } as const;
  writeRepository({ ...request, precision: 'fp32' });
  writeRepository({ ...request, precision: 'fp16' });
  expect(readdirSync(path.join(repository, 'twice-frames')).sort()).toEqual(['1', '2', 'config.pbtxt']);
  const pixels = probeImages(model.preprocessing.cropHeight);
  const [whole, half] = [
    await served('twice-frames', 1, { pixels }, 'embeds'),
    await served('twice-frames', 2, { pixels }, 'embeds'),
  ];
  expect(apart(half, whole)).toBeLessThan(5e-3);
});

test('X-CLIP’s three pieces, read back, give its own scores', async () => {
  await using model = await openVideoModel(xclip, { provider: 'cpu' });
  writeRepository({ folder: xclip, hash: model.hash, name: 'x', precision: 'fp32', out: repository });
  const { frameCount, contextRows, dim } = model;
  const { cropHeight: size } = model.preprocessing;
  const pixels = Float32Array.from({ length: 2 * frameCount * 3 * size * size }, (_, at) => Math.sin(at * 0.37));
  const local = await model.encodeClips(pixels, 2);
  const fed = { pixels: floats(pixels, [2, frameCount, 3, size, size]) };
  expect(apart(await served('x-clips', 1, fed, 'frames'), local.frames)).toBeLessThan(tolerance);
  expect(apart(await served('x-clips', 1, fed, 'context'), local.context)).toBeLessThan(tolerance);
  const names = Float32Array.from({ length: 3 * dim }, (_, at) => Math.cos(at));
  const scores = await served(
    'x-scores',
    1,
    {
      frames: floats(local.frames, [2, frameCount, dim]),
      context: floats(local.context, [2, contextRows, dim]),
      embeds: floats(names, [3, dim]),
    },
    'logits',
  );
  expect(apart(scores, await model.score(local, names))).toBeLessThan(1e-3);
  expect(existsSync(path.join(repository, 'x-names', '1', 'model.weights'))).toBe(true);
});

test('a name that no address can hold is refused, and nothing is written', () => {
  const request = { folder: clip, hash: '', name: '../x', precision: 'fp32', out: path.join(out, 'none') } as const;
  expect(() => writeRepository(request)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  expect(existsSync(path.join(out, 'none'))).toBe(false);
});
