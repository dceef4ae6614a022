// Protects: a model arrives whole or not at all, an interrupted download goes on where it stopped, and what goes wrong
// is said in words.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlayedHub } from '#e2e/models/played-hub.ts';
import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { downloadModel } from './download-model.ts';
import { usualHub } from './hub-repository.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'cuepoint-hub-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const repository = 'someone/some-clip';
const weights = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, at) => (at * at) % 251));
const config = Buffer.from('{"model_type": "clip"}');
const filesOfClip = new Map([
  ['config.json', config],
  ['tokenizer.json', Buffer.alloc(800, '{}')],
  ['LICENSE', Buffer.alloc(0)],
  ['model.safetensors', weights],
  ['pytorch_model.bin', Buffer.alloc(5000)],
  ['onnx/vision_model.onnx', Buffer.alloc(5000)],
  ['onnx/text_model.onnx', Buffer.alloc(5000)],
]);

let hub: PlayedHub;
let folder: string;
let cases = 0;

async function play(files: ReadonlyMap<string, Buffer>): Promise<void> {
  hub = await PlayedHub.start(repository, files);
}

beforeEach(async () => {
  await play(filesOfClip);
  folder = path.join(scratch, String((cases += 1)), 'some-clip');
});
afterEach(() => hub[Symbol.asyncDispose]());

async function download({
  revision = 'main',
  signal,
  accessToken = null,
}: { revision?: string; signal?: AbortSignal; accessToken?: string | null } = {}) {
  const told = [];
  const source = { repository, revision, hub: { url: hub.url, accessToken } };
  for await (const progress of downloadModel(folder, source, signal)) told.push(progress);
  return told;
}

const inPart = (file: string): string => path.join(`${folder}.partial`, file);
const asked = (file: string): string[] =>
  hub.given.filter((part) => part.startsWith(`${file} `)).map((part) => part.slice(file.length + 1));

function expectWhole(): void {
  expect(readFileSync(path.join(folder, 'model.safetensors')).equals(weights)).toBe(true);
  expect(existsSync(`${folder}.partial`)).toBe(false);
}

describe('a download', () => {
  it('brings what a model folder needs, weights last, and nothing else', async () => {
    const told = await download();
    expect(readdirSync(folder).sort()).toEqual(['LICENSE', 'config.json', 'model.safetensors', 'tokenizer.json']);
    expectWhole();
    expect(hub.given.map((part) => part.split(' ')[0])).toEqual(['config.json', 'tokenizer.json', 'model.safetensors']);
    const totalBytes = config.length + 800 + weights.length;
    expect(told.at(-1)).toEqual({ file: 'model.safetensors', doneBytes: totalBytes, totalBytes });
  });

  it('is taken up where the connection broke off', async () => {
    hub.interruptions.push({ after: 100_000, by: 'breaking' }, { after: 50_000, by: 'breaking' });
    await download();
    expectWhole();
    const starts = asked('model.safetensors').map((range) => Number(range.split('-')[0]));
    expect(starts).toHaveLength(3);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts[1]).toBeGreaterThan(0);
  });

  it('can be cancelled, and goes on where it stopped', async () => {
    hub.interruptions.push({ after: 120_000, by: 'falling silent' });
    const cancel = new AbortController();
    const outcome = download({ signal: cancel.signal }).catch((error: unknown) => error);
    const part = inPart('model.safetensors.part');
    await expect.poll(() => statSync(part, { throwIfNoEntry: false })?.size, { timeout: 10_000 }).toBe(120_000);
    cancel.abort();
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    expect(existsSync(folder)).toBe(false);
    await download();
    expectWhole();
    expect(asked('model.safetensors')).toEqual(['0-299999', '120000-299999']);
    expect(asked('config.json')).toEqual(['0-21']);
  });

  it('begins anew where what is left is of an earlier commit', async () => {
    mkdirSync(`${folder}.partial`, { recursive: true });
    writeFileSync(inPart('model.safetensors.part'), Buffer.alloc(1000, 1));
    writeFileSync(inPart('config.json'), '{"model_type": "CLIP"}');
    writeFileSync(inPart('tokenizer.json'), Buffer.alloc(5000));
    await download();
    expectWhole();
    expect(asked('model.safetensors')).toEqual(['1000-299999', '0-299999']);
    expect(readFileSync(path.join(folder, 'config.json')).equals(config)).toBe(true);
    expect(statSync(path.join(folder, 'tokenizer.json')).size).toBe(800);
  });

  it('never leaves a model whose checksum is not the hub’s', async () => {
    const damaged = Buffer.from(weights);
    damaged[200_000]! ^= 1;
    hub.tampered.set('model.safetensors', damaged);
    await expect(download()).rejects.toMatchObject({
      code: 'hub-unreachable',
      message: expect.stringMatching(/model\.safetensors.*damaged/),
    });
    expect(existsSync(folder)).toBe(false);
    hub.tampered.clear();
    await download();
    expectWhole();
  });
});

describe('a hub that is not what it seems', () => {
  const accessToken = 'hf_of_this_person';

  it('never fills more of the disk than it announced', async () => {
    hub.tampered.set('model.safetensors', Buffer.concat([weights, Buffer.alloc(100_000)]));
    await expect(download()).rejects.toMatchObject({
      code: 'hub-unreachable',
      message: expect.stringMatching(/damaged/),
    });
    expect(existsSync(inPart('model.safetensors.part'))).toBe(false);
  });

  it('has the token itself, and sends no other host to have it', async () => {
    await using elsewhere = await PlayedHub.start(repository, filesOfClip);
    hub.storage = elsewhere.url;
    await download({ accessToken });
    expectWhole();
    expect(hub.asked.every(({ token }) => token === `Bearer ${accessToken}`)).toBe(true);
    expect(elsewhere.asked.length).toBeGreaterThan(0);
    expect(elsewhere.asked.map(({ token }) => token).filter((token) => token !== undefined)).toEqual([]);
  });

  it('cannot put a file anywhere but in the model’s folder', async () => {
    const climbing = [
      '../../climbed.safetensors',
      '../model.safetensors',
      '/tmp/cuepoint-climbed',
      'a/../../config.json',
    ];
    await hub[Symbol.asyncDispose]();
    await play(new Map([...filesOfClip, ...climbing.map((name) => [name, weights] as const)]));
    await download();
    const parent = path.dirname(folder);
    expect(readdirSync(parent, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(
      ['', '/LICENSE', '/config.json', '/model.safetensors', '/tokenizer.json'].map((name) => `some-clip${name}`),
    );
    expect(hub.given.filter((part) => part.includes('climbed') || part.includes('..'))).toEqual([]);
  });

  it('cannot name shards that lie elsewhere', async () => {
    const weightMap = { a: '../../../etc/passwd', b: 'model-00001-of-00001.safetensors' };
    const index = Buffer.from(JSON.stringify({ weight_map: weightMap }));
    await hub[Symbol.asyncDispose]();
    await play(
      new Map<string, Buffer>([
        ['config.json', config],
        ['model.safetensors.index.json', index],
        ['model-00001-of-00001.safetensors', weights],
      ]),
    );
    await download();
    expect(() => openCheckpoint(folder)).toThrow(expect.objectContaining({ code: 'unreadable-model' }));
  });

  it('that announces more than the disk holds is told so before anything arrives', async () => {
    hub.announced.set('model.safetensors', { size: 2 ** 52 });
    await expect(download()).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/needs [\d,]+ MB more, and \S+ has room for [\d,]+ MB/),
    });
    expect(hub.given).toEqual([]);
  });

  it.each([
    ['a size that is too small', { size: 1000 }],
    ['a size that is too large', { size: 400_000 }],
    ['a checksum of something else', { sha256: 'ab'.repeat(32) }],
  ])('that lies with %s never gives a model', async (_, lie) => {
    hub.announced.set('model.safetensors', lie);
    await expect(download()).rejects.toMatchObject({
      code: 'hub-unreachable',
      message: expect.stringMatching(/damaged|cannot be reached/),
    });
    expect(existsSync(folder)).toBe(false);
  });

  it.each(['file://', 'data:text/plain,'])('cannot send a download to %s', async (scheme) => {
    hub.storage = scheme;
    await expect(download({ accessToken })).rejects.toMatchObject({
      code: 'hub-unreachable',
      message: expect.stringMatching(/^[^\n]* does not answer as a hub of models does[^\n]*$/),
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('cannot have its list of files go on at another host', async () => {
    await using elsewhere = await PlayedHub.start(repository, filesOfClip);
    hub.next = `${elsewhere.url}/api/models/${repository}/tree/${elsewhere.commit}`;
    await expect(download({ accessToken })).rejects.toMatchObject({
      code: 'hub-unreachable',
      message: expect.stringMatching(/does not answer as a hub/),
    });
    expect(elsewhere.asked).toEqual([]);
  });

  it('cannot have its list of files go on for ever', async () => {
    hub.next = `${hub.url}/api/models/${repository}/tree/${hub.commit}`;
    await expect(download()).rejects.toMatchObject({ code: 'hub-unreachable' });
  });

  it('is asked again a little later where it has too much to do', async () => {
    hub.overloadedFor = 2;
    await download();
    expectWhole();
  });
});

describe('what is brought', () => {
  const other = async (files: ReadonlyMap<string, Buffer>) => {
    await hub[Symbol.asyncDispose]();
    await play(files);
  };
  const some = Buffer.alloc(1500, 7);

  it('may be in shards', async () => {
    const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
    const names = ['config.json', 'model.safetensors.index.json', ...shards];
    await other(
      new Map(['flax_model.msgpack', ...names].map((name) => [name, name === 'config.json' ? config : some])),
    );
    await download();
    expect(readdirSync(folder).sort()).toEqual(names.toSorted());
  });

  it('may be ready-made encoders, of any architecture', async () => {
    const names = ['onnx/text_model.onnx', 'onnx/vision_model.onnx', 'onnx/vision_model.onnx_data'];
    const files = new Map(['onnx/text_model_fp16.onnx', ...names].map((name) => [name, some]));
    await other(files.set('config.json', Buffer.from('{"model_type": "siglip"}')));
    await download();
    expect(readdirSync(path.join(folder, 'onnx')).sort()).toEqual(names.map((name) => path.basename(name)));
  });

  it('is refused before its weights where it cannot be opened', async () => {
    await other(new Map(filesOfClip).set('config.json', Buffer.from('{"model_type": "llama"}')));
    await expect(download()).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringMatching(/llama.*clip, .*xclip/),
    });
    expect(asked('model.safetensors')).toEqual([]);
    await other(new Map([['tf_model.h5', some]]));
    await expect(download()).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringMatching(/neither model\.safetensors/),
    });
  });

  it('is never a pickle; how to convert one is said', async () => {
    await other(
      new Map<string, Buffer>([
        ['config.json', config],
        ['pytorch_model.bin', some],
      ]),
    );
    await expect(download()).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringMatching(/pytorch_model\.bin, a pickle.*save_file.*weights_only=True/),
    });
    expect(hub.given).toEqual([]);
    expect(existsSync(`${folder}.partial`)).toBe(false);
  });

  it('is in open_clip’s layout where both are there, of which one may be half a model', async () => {
    const names = ['open_clip_config.json', 'open_clip_model.safetensors', 'tokenizer.json'];
    await other(
      new Map(
        ['config.json', 'model.safetensors', 'open_clip_pytorch_model.bin', ...names].map((name) => [name, some]),
      ),
    );
    await download();
    expect(readdirSync(folder).sort()).toEqual(names.toSorted());
  });

  it('may be the hub’s own conversion of that layout’s pickle', async () => {
    const names = ['open_clip_config.json', 'open_clip_pytorch_model.safetensors'];
    await other(new Map(['config.json', 'open_clip_pytorch_model.bin', ...names].map((name) => [name, some])));
    await download();
    expect(readdirSync(folder).sort()).toEqual(names.toSorted());
  });

  it('may be in shards in that layout too', async () => {
    const shards = ['open_clip_model-00001-of-00002.safetensors', 'open_clip_model-00002-of-00002.safetensors'];
    const names = ['open_clip_config.json', 'open_clip_model.safetensors.index.json', ...shards];
    await other(new Map(['model-00001-of-00002.safetensors', ...names].map((name) => [name, some])));
    await download();
    expect(readdirSync(folder).sort()).toEqual(names.toSorted());
  });
});

describe('in one line', () => {
  it('that the hub cannot be reached', async () => {
    await hub[Symbol.asyncDispose]();
    await expect(download()).rejects.toMatchObject({
      code: 'hub-unreachable',
      message: expect.stringMatching(
        /^http:\/\/127\S* cannot be reached; check the network[^\n]* Or fetch config\.json, model\.safetensors, [^\n]*put them in \S*some-clip, and start the download again\.$/,
      ),
    });
  });

  it.each([
    // The page of a network that wants a login first.
    [200, 'hub-unreachable', /cannot be reached/],
    [401, 'forbidden', /accept its terms.*HF_TOKEN/],
    [404, 'not-found', /no model “someone\/some-clip”/],
    [500, 'hub-unreachable', /answered with status 500/],
  ])('what status %i means', async (status, code, message) => {
    hub.status = status;
    await expect(download()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('that there is no such revision', async () => {
    await expect(download({ revision: 'nowhere' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/“nowhere”/),
    });
  });
});

it('the hub is the one that the environment names', () => {
  expect(usualHub({})).toEqual({ url: 'https://huggingface.co', accessToken: null });
  const named = usualHub({ HF_ENDPOINT: 'http://mirror/', HF_TOKEN: 'hf_x' });
  expect(named).toEqual({ url: 'http://mirror', accessToken: 'hf_x' });
  expect(() => usualHub({ HF_TOKEN: 'x' })).toThrow(/begin with hf_/);
});
