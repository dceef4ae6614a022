// Protects: downloads go through the proxy that the environment names, and the token stays inside the tunnel.
import { connect, type AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { PlayedHub } from '#e2e/models/played-hub.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { downloadModel } from './download-model.ts';

test('a hub that only the proxy can reach', async () => {
  const repository = 'someone/some-clip';
  const files = new Map([
    ['config.json', Buffer.from('{"model_type": "clip"}')],
    ['model.safetensors', Buffer.alloc(5000, 7)],
  ]);
  await using hub = await PlayedHub.start(repository, files);
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push(`${request.method} ${JSON.stringify(request.headers)}`);
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url!} ${JSON.stringify(request.headers)}`);
    const onward = connect(Number(new URL(hub.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [socket, onward]) end.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  try {
    const folder = path.join(temporaryFolder(), 'some-clip');
    // A name that nobody but the proxy knows.
    const source = { url: 'http://hub.cuepoint.invalid', accessToken: 'hf_of_this_person' };
    for await (const _ of downloadModel(folder, { repository, revision: 'main', hub: source }));
    expect(existsSync(path.join(folder, 'model.safetensors'))).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((line) => line.startsWith('CONNECT hub.cuepoint.invalid'))).toBe(true);
    expect(seen.join('')).not.toContain('hf_of_this_person');
    expect(hub.asked.every(({ token }) => token === 'Bearer hf_of_this_person')).toBe(true);
  } finally {
    vi.unstubAllEnvs();
    proxy.closeAllConnections();
    proxy.close();
  }
});
