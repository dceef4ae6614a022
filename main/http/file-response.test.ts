// Media reaches a player byte for byte, with bounded memory, and no file stays open when a player goes away.
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentTypeOf, fileResponse, fileStream } from './file-response.ts';

const size = 3_000_000;
const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 255));
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cuepoint-media-'));
  file = path.join(folder, 'häx #1 %20.mp4');
  await writeFile(file, bytes);
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  fileResponse(new Request('http://studio/media/1', { method, headers }), file) as Promise<Response>;
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('the whole file where no range is asked for', async () => {
  const response = await ask();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-length')).toBe(String(size));
  expect(response.headers.get('accept-ranges')).toBe('bytes');
  expect(response.headers.get('content-type')).toBe('video/mp4');
  expect((await bodyOf(response)).equals(bytes)).toBe(true);
});

test('exactly the bytes of a range that crosses chunks', async () => {
  const response = await ask({ range: 'bytes=200000-1999999' });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe(`bytes 200000-1999999/${size}`);
  expect((await bodyOf(response)).equals(bytes.subarray(200_000, 2_000_000))).toBe(true);
});

test('416 with the size for a range past the end', async () => {
  const response = await ask({ range: `bytes=${size}-` });
  expect(response.status).toBe(416);
  expect(response.headers.get('content-range')).toBe(`bytes */${size}`);
});

test('a range of another version of the file answers the whole of this one', async () => {
  const etag = (await ask({}, 'HEAD')).headers.get('etag')!;
  expect((await ask({ range: 'bytes=0-9', 'if-range': '"older"' }, 'HEAD')).status).toBe(200);
  expect((await ask({ range: 'bytes=0-9', 'if-range': etag }, 'HEAD')).status).toBe(206);
  expect((await ask({ 'if-none-match': etag })).status).toBe(304);
});

test('null for what is no file', async () => {
  const request = new Request('http://studio/');
  expect(await fileResponse(request, path.join(folder, 'gone.mp4'))).toBeNull();
  expect(await fileResponse(request, folder)).toBeNull();
});

test('names decide media types, and unknown ones are bytes', () => {
  expect(contentTypeOf('CLIP.MOV')).toBe('video/mp4');
  expect(contentTypeOf('notes')).toBe('application/octet-stream');
});

describe.runIf(process.platform === 'linux')('the file is closed', () => {
  const openCount = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === file;
      } catch {
        return false;
      }
    }).length;

  test('after the last byte', async () => {
    await bodyOf(await ask());
    expect(openCount()).toBe(0);
  });

  test('when the reader cancels', async () => {
    const reader = fileStream(file, { start: 0, end: size }).getReader();
    await reader.read();
    expect(openCount()).toBe(1);
    await reader.cancel();
    expect(openCount()).toBe(0);
  });

  test('when the request is aborted, though nobody cancels', async () => {
    const abort = new AbortController();
    const reader = fileStream(file, { start: 0, end: size }, abort.signal).getReader();
    await reader.read();
    abort.abort();
    await expect.poll(openCount).toBe(0);
  });

  test('when nothing was ever read', async () => {
    await ask();
    expect(openCount()).toBe(0);
  });

  test('when the file turns out shorter than it was', async () => {
    const short = path.join(folder, 'short.mp4');
    await writeFile(short, bytes.subarray(0, 1000));
    const stream = fileStream(short, { start: 0, end: 1000 });
    await truncate(short, 0);
    await expect(new Response(stream).arrayBuffer()).rejects.toThrow('became shorter');
  });
});
