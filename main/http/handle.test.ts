// Everything a page fetches, from a real backend with a real video: the same answers under every host.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createBackend, type Backend } from '#main/backend.ts';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import { writeClip, type ClipFrame } from '#main/media/clip-writer.ts';
import { addresses } from '#preload/contract/contract.ts';
import type { Job } from '#preload/domain/job.ts';
import { createHandler } from './handle.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-handle-'));
const renderer = path.join(folder, 'renderer');
const clip = path.join(folder, 'clip.mp4');
const startsUs = Array.from({ length: 12 }, (_, index) => index * 40_000);
const engine = startEngine(childProcessCarrier);
let backend: Backend;
let handle: (request: Request) => Promise<Response>;
let videoId: number;

beforeAll(async () => {
  await writeClip(clip, greyFrames());
  await mkdir(path.join(renderer, 'assets'), { recursive: true });
  await writeFile(path.join(renderer, 'index.html'), '<!doctype html><title>Cuepoint</title>');
  await writeFile(path.join(renderer, 'assets', 'index-abcd1234.js'), 'export {};');
  await writeFile(path.join(folder, 'secret.txt'), 'outside the renderer');
  backend = createBackend({ homeFolder: path.join(folder, 'home'), engine, version: '0.0.0' });
  handle = createHandler(backend, renderer);
  await backend.client.projects.create({ place: backend.placeOf(folder).token, name: 'p', classes: ['jump'] });
  const { jobIds } = await backend.client.videos.add({ places: [backend.placeOf(clip).token] });
  await vi.waitFor(async () => expect((await jobOf(jobIds[0]!))?.state).toBe('done'), { timeout: 60_000 });
  videoId = (await backend.client.videos.list())[0]!.id;
});

afterAll(async () => {
  await backend.close();
  await engine[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function* greyFrames(): AsyncGenerator<ClipFrame> {
  for (const [index, startUs] of startsUs.entries()) {
    yield { rgb: new Uint8Array(64 * 48 * 3).fill(index * 20), width: 64, height: 48, startUs };
  }
}

const jobOf = async (id: number): Promise<Job | undefined> =>
  (await backend.client.jobs.list()).find((job) => job.id === id);
const ask = (address: string, init?: RequestInit) => handle(new Request(new URL(address, 'studio://app/'), init));
const call = (name: string, input?: unknown, init?: RequestInit) =>
  ask(`${addresses.rpc}/${name}`, {
    method: 'POST',
    body: JSON.stringify({ json: input }),
    headers: { 'content-type': 'application/json' },
    ...init,
  });

describe('media', () => {
  test('ranges of the file', async () => {
    const bytes = await readFile(clip);
    const response = await ask(addresses.media(videoId), { headers: { range: 'bytes=100-199' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes 100-199/${bytes.length}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
  });

  test('the frame table as little-endian doubles', async () => {
    const response = await ask(addresses.frameTable(videoId));
    expect([...new Float64Array(await response.arrayBuffer())]).toEqual([...startsUs, 480_000]);
  });

  test('a thumbnail', async () => {
    const response = await ask(addresses.thumbnail(videoId, 200_000, 32));
    expect(response.headers.get('content-type')).toMatch(/^image\//);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(50);
  });

  test('a span in pictures side by side, and what is no span', async () => {
    const response = await ask(addresses.clipStrip(videoId, { startUs: 0, endUs: 480_000 }, 32));
    expect(response.headers.get('content-type')).toMatch(/^image\//);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(50);
    expect((await ask(`/strip/${videoId}?from=400000&to=100000&width=32`)).status).toBe(400);
    expect((await ask(`/strip/${videoId}?from=0&to=soon&width=32`)).status).toBe(400);
  });

  test('no waveform of a video without sound', async () => {
    expect((await ask(addresses.waveform(videoId))).status).toBe(204);
    expect((await ask(addresses.spectrogram(videoId, 0, 0))).status).toBe(204);
    expect((await ask(addresses.spectrogram(videoId, 0, 99))).status).toBe(404);
    expect((await ask(addresses.spectrogram(videoId, 99, 0))).status).toBe(404);
  });

  test('the segments of a video as JSON, and whose there are none', async () => {
    const response = await ask(addresses.segments(videoId));
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual([]);
    expect((await ask(addresses.segments(999))).status).toBe(404);
  });

  test('what a project holds runs nowhere: a video by type, without an origin of its own', async () => {
    for (const address of [
      addresses.media(videoId),
      addresses.thumbnail(videoId, 0, 32),
      addresses.picture(videoId, 0),
      addresses.clipStrip(videoId, { startUs: 0, endUs: 480_000 }, 32),
      addresses.waveform(videoId),
      addresses.spectrogram(videoId, 0, 0),
      addresses.segments(videoId),
    ]) {
      const { headers } = await ask(address);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const disguised = createHandler({ ...backend, mediaPathOf: () => path.join(renderer, 'index.html') }, renderer);
    const page = await disguised(new Request(new URL(addresses.media(videoId), 'studio://app/')));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('video/mp4');
    const script = createHandler(
      { ...backend, mediaPathOf: () => path.join(renderer, 'assets', 'index-abcd1234.js') },
      renderer,
    );
    const { headers } = await script(new Request(new URL(addresses.media(videoId), 'studio://app/')));
    expect(headers.get('content-type')).toBe('video/mp4');
  });

  test('unknown ids and words for ids', async () => {
    expect((await ask(addresses.media(999))).status).toBe(404);
    expect((await ask('/media/..%2F..%2Fsecret.txt')).status).toBe(400);
    expect((await ask('/thumbnail/1?at=now&width=32')).status).toBe(400);
  });
});

describe('the contract', () => {
  test('a call and its answer', async () => {
    const answer = (await (await call('classes/list')).json()) as { json: { name: string }[] };
    expect(answer.json.map(({ name }) => name)).toEqual(['jump']);
  });

  test('a failure keeps its code and words', async () => {
    const response = await call('classes/remove', { classId: 999 });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ json: { code: 'not-found', message: expect.any(String) } });
  });

  test('input that does not fit is refused', async () => {
    expect((await call('classes/add', { name: '' })).status).toBe(400);
  });

  test('nothing is called by GET, and what is not in the contract is not there', async () => {
    expect((await ask(`${addresses.rpc}/history/undo`)).status).toBe(405);
    expect((await call('constructor/constructor')).status).toBe(404);
  });

  test('changes are streamed as they happen, and the stream ends with its reader', async () => {
    const abort = new AbortController();
    const response = await call('studio/changes', undefined, { signal: abort.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    await backend.client.classes.add({ name: 'run' });
    let heard = '';
    while (!heard.includes('"classes"')) heard += (await reader.read()).value ?? '';
    await reader.cancel();
    abort.abort();
  });
});

test('an export is downloaded once', async () => {
  const { url } = await backend.client.transfer.export({
    format: 'coco',
    options: { formatOptions: { box: 'temporal' }, states: ['accepted'], videoIds: null, minimumScore: 0 },
    place: null,
    fileName: 'čuep "1".json',
  });
  const response = await ask(url!);
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''%C4%8Duep%20%221%22.json`);
  expect(await response.json()).toHaveProperty('videos');
  expect((await ask(url!)).status).toBe(404);
});

describe('the renderer', () => {
  test('its page at any address without an extension, never cached', async () => {
    for (const address of ['/', '/anything/at/all']) {
      const response = await ask(address);
      expect(await response.text()).toContain('<title>Cuepoint</title>');
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
  });

  test('files with a hash in their name for ever', async () => {
    const response = await ask('/assets/index-abcd1234.js');
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  test('nothing outside its folder', async () => {
    for (const address of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/..%5csecret.txt',
      '/%00.txt',
      '/%.js',
    ]) {
      expect((await ask(address)).status).toBe(404);
    }
  });

  test('every answer carries the policy, errors too', async () => {
    for (const address of ['/', '/assets/gone.js', addresses.media(999), addresses.media(videoId)]) {
      const { headers } = await ask(address);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    }
  });
});
