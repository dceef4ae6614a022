import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback server for one page and some files, with byte ranges, without which a browser cannot seek. */
export interface FileServer extends AsyncDisposable {
  readonly origin: string;
  /** The address of a file; any file of this machine, for tests only. */
  addressOf(file: string): string;
}

export async function startFileServer(page: string): Promise<FileServer> {
  const files: string[] = [];
  const server = createServer((request, response) => {
    const file = files[Number(request.url?.match(/^\/files\/(\d+)$/)?.[1] ?? -1)];
    if (file === undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      return;
    }
    const size = statSync(file).size;
    const [, from, to] = request.headers.range?.match(/^bytes=(\d+)-(\d*)$/) ?? [];
    const start = Number(from ?? 0);
    const end = to ? Math.min(Number(to), size - 1) : size - 1;
    response.writeHead(from === undefined ? 200 : 206, {
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
    });
    createReadStream(file, { start, end })
      .on('error', () => response.destroy())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    addressOf: (file) => `${origin}/files/${files.push(file) - 1}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
