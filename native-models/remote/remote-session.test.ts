// Protects: a server computes what this machine would, is never sent more than was agreed on, and nothing that it answers
// is believed: wrong shapes, numbers, sizes and addresses are refused in words, and what may pass is tried again.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { playInferenceServer, type PlayedInferenceServer, type ServedTensor } from '#e2e/models/inference-server.ts';
import { makeRandomXClip } from '#e2e/models/random-xclip.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { inferenceServer, type RemoteServer } from '#preload/domain/inference-server.ts';
import { openModel } from '../open-model.ts';
import { openVideoModel } from '../open-video-model.ts';
import { writeRepository } from '../serving/write-repository.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-remote-'));
const clip = path.join(folder, 'tiny');
const xclip = path.join(folder, 'tiny-xclip');
const repository = path.join(folder, 'repository');

beforeAll(async () => {
  await makeTinyCheckpoint(clip);
  makeRandomXClip(xclip);
  for (const [model, name] of [
    [clip, 'lab'],
    [xclip, 'x'],
  ] as const)
    writeRepository({ folder: model, hash: '', name, precision: 'fp32', out: repository });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function server(protocol: 'http' | 'grpc'): Promise<PlayedInferenceServer> {
  const played = await playInferenceServer(protocol, repository);
  onTestFinished(() => played[Symbol.asyncDispose]());
  return played;
}

const serverAt = (address: string, rest: Partial<RemoteServer> = {}): RemoteServer => ({
  ...inferenceServer.parse({ address, model: 'lab', batch: 2, requests: 2 }),
  token: null,
  ...rest,
});

const pictures = (size: number, count: number): Float32Array =>
  Float32Array.from({ length: count * 3 * size * size }, (_, at) => Math.sin(at * 0.013) + Math.cos(at * 0.7));

const apart = (a: Float32Array, b: Float32Array): number => {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, at) => Math.max(worst, Math.abs(value - b[at]!)), 0);
};

async function opened(address: string, rest: Partial<RemoteServer> = {}) {
  const model = await openModel(clip, { provider: serverAt(address, rest) });
  onTestFinished(() => model[Symbol.asyncDispose]());
  const size = model.preprocessing.cropHeight;
  return { model, encode: (count: number) => model.encodeImages(pictures(size, count), count), size };
}

async function localFeatures(count: number): Promise<Float32Array> {
  await using model = await openModel(clip, { provider: 'cpu' });
  return await model.encodeImages(pictures(model.preprocessing.cropHeight, count), count);
}

describe.each(['http', 'grpc'] as const)('%s', (protocol) => {
  test('frames and texts are what this machine computes, in requests of the batch, so many at once, with the token', async () => {
    const played = await server(protocol);
    const { model, encode } = await opened(played.address, { token: 'secret-1' });
    expect(await model.warmUp('images')).toMatchObject({ requested: 'remote', chosen: 'remote' });
    played.rows.length = 0;
    expect(apart(await encode(9), await localFeatures(9))).toBeLessThan(1e-4);
    expect(played.rows.toSorted((a, b) => a - b)).toEqual([1, 2, 2, 2, 2]);
    expect(played.mostAtOnce).toBe(2);
    expect(played.authorization).toBe('Bearer secret-1');
    await using local = await openModel(clip, { provider: 'cpu' });
    const texts = ['jump', 'a person claps their hands', 'run'];
    expect(apart(await model.encodeTexts(texts), await local.encodeTexts(texts))).toBeLessThan(1e-4);
  });

  test('one that began anew and has not its models yet is waited for', async () => {
    const played = await server(protocol);
    const { encode } = await opened(played.address, { requests: 1 });
    const expected = await encode(2);
    const refusals: ('unknown' | 'unready')[] = ['unknown', 'unready'];
    played.spoilt = { refusals };
    expect(apart(await encode(2), expected)).toBe(0);
    expect(refusals).toEqual([]);
  });

  test('X-CLIP’s three pieces are what this machine computes', async () => {
    const played = await server(protocol);
    await using model = await openVideoModel(xclip, { provider: serverAt(played.address, { model: 'x' }) });
    await using local = await openVideoModel(xclip, { provider: 'cpu' });
    const pixels = pictures(model.preprocessing.cropHeight, 3 * model.frameCount);
    const clips = await model.encodeClips(pixels, 3);
    const own = await local.encodeClips(pixels, 3);
    expect(apart(clips.frames, own.frames)).toBeLessThan(1e-4);
    expect(apart(clips.context, own.context)).toBeLessThan(1e-4);
    const names = await model.encodeNames(['jump', 'clap']);
    expect(apart(await model.score(clips, names), await local.score(own, names))).toBeLessThan(1e-3);
    expect(model.provider.chosen).toBe('remote');
  });

  test('a model in half precision is sent half precision', async () => {
    const played = await server(protocol);
    played.spoilt = { half: true };
    const { encode } = await opened(played.address);
    expect(apart(await encode(3), await localFeatures(3))).toBeLessThan(2e-3);
  });

  test('what fails for a moment is tried again; what fails for long is away', async () => {
    const played = await server(protocol);
    const { encode } = await opened(played.address);
    await encode(1);
    played.spoilt = { failures: 2 };
    expect(apart(await encode(1), await localFeatures(1))).toBeLessThan(1e-4);
    played.spoilt = { failures: 99 };
    await expect(encode(1)).rejects.toMatchObject({ code: 'server-away', message: expect.stringContaining('busy') });
    await played[Symbol.asyncDispose]();
    await expect(encode(1)).rejects.toMatchObject({ code: 'server-away' });
  });

  test('a server with another model is found out by its answers', async () => {
    const played = await server(protocol);
    played.spoilt = {
      tensors: (tensors) => tensors.map((one) => ({ ...one, bytes: Buffer.from(one.bytes).reverse() })),
    };
    const { encode } = await opened(played.address);
    await expect(encode(1)).rejects.toMatchObject({ code: 'bad-input' });
  });

  test.each([
    ['another shape', (one: ServedTensor) => ({ ...one, shape: [one.shape[1]!, one.shape[0]!] }), 'and not [1, 40]'],
    [
      'a size that its shape has not',
      (one: ServedTensor) => ({ ...one, bytes: one.bytes.subarray(4) }),
      'bytes and not',
    ],
    ['no numbers', (one: ServedTensor) => ({ ...one, bytes: Buffer.alloc(one.bytes.length, 0xff) }), 'not numbers'],
    ['another type', (one: ServedTensor) => ({ ...one, datatype: 'BYTES' }), 'answers in BYTES'],
    ['another name', (one: ServedTensor) => ({ ...one, name: 'other' }), 'left "embeds" out'],
    ['far too much', (one: ServedTensor) => ({ ...one, bytes: Buffer.alloc(4 << 20) }), 'longer than'],
  ])('an answer with %s is refused', async (_, spoil, words) => {
    const played = await server(protocol);
    const { encode } = await opened(played.address);
    await encode(1);
    played.spoilt = { tensors: (tensors) => tensors.map(spoil) };
    await expect(encode(1)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining(words) });
  });
});

test.each([true, 'rows'] as const)('a server without the binary extension is spoken to in JSON (%s)', async (plain) => {
  const played = await server('http');
  played.spoilt = { plain };
  const { model, encode } = await opened(played.address);
  await using local = await openModel(clip, { provider: 'cpu' });
  expect(apart(await model.encodeTexts(['jump']), await local.encodeTexts(['jump']))).toBeLessThan(1e-4);
  expect(apart(await encode(2), await localFeatures(2))).toBeLessThan(1e-4);
});

test('frames and token do not follow a redirect to another machine', async () => {
  let asked = 0;
  const thief = createServer((_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void thief.close());
  const location = `http://127.0.0.1:${(thief.address() as AddressInfo).port}/`;
  const played = await server('http');
  const { encode } = await opened(played.address, { token: 'secret-2' });
  await encode(1);
  for (const code of [301, 307]) {
    played.spoilt = { http: (_, response) => void response.writeHead(code, { location }).end() };
    await expect(encode(1)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.not.stringContaining('secret-2'),
    });
  }
  expect(asked).toBe(0);
});

test.each([
  ['words of another kind', 200, '<html>', {}, 'not of the Open Inference Protocol'],
  ['a false length of its words', 200, '{}', { 'inference-header-content-length': '999' }, 'another length'],
  ['a refusal', 401, '{"error":"who are you?"}', {}, 'it answered 401'],
] as const)('%s are refused', async (_, code, body, headers, words) => {
  const played = await server('http');
  const { encode } = await opened(played.address);
  await encode(1);
  played.spoilt = { http: (__, response) => void response.writeHead(code, headers).end(body) };
  await expect(encode(1)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining(words) });
});

test('a tensor that is announced longer than it comes is refused, and a connection that is cut is tried again', async () => {
  const played = await server('http');
  const { encode } = await opened(played.address);
  await encode(1);
  const words = JSON.stringify({
    outputs: [{ name: 'embeds', datatype: 'FP32', shape: [1, 40], parameters: { binary_data_size: 160 } }],
  });
  played.spoilt = {
    http: (_, response) =>
      void response.writeHead(200, { 'inference-header-content-length': words.length }).end(`${words}short`),
  };
  await expect(encode(1)).rejects.toMatchObject({ message: expect.stringContaining('announced more') });
  let cuts = 0;
  played.spoilt = {
    http: (_, response) => {
      cuts += 1;
      if (cuts > 1) played.spoilt = {};
      response.writeHead(200, { 'content-length': 1000 });
      response.write('{');
      response.destroy();
    },
  };
  expect(apart(await encode(1), await localFeatures(1))).toBeLessThan(1e-4);
  expect(cuts).toBe(2);
});

test('a server without the model, or with one of other ports, is named before anything is sent', async () => {
  const played = await server('http');
  await expect((await opened(played.address, { model: 'none' })).encode(1)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('no model'),
  });
  await using other = await openVideoModel(xclip, { provider: serverAt(played.address, { model: 'lab' }) });
  await expect(other.warmUp()).rejects.toMatchObject({ code: 'bad-input' });
  expect(played.rows).toEqual([]);
});

test.each(['ftp://a', 'http://user:secret@a/', 'http://', 'a:8000', 'http://a/#x'])('%s is no address', (address) => {
  expect(inferenceServer.safeParse({ address, model: 'm' }).success).toBe(false);
});
