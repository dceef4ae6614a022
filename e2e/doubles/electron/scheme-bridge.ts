import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequestListener } from '@remix-run/node-fetch-server';
import { stage } from './stage.ts';

/**
 * Chromium without Electron knows no scheme of ours, so its requests come by loopback and are handed to the registered
 * handler as requests of the scheme, bodies streaming both ways.
 */
export interface SchemeBridge extends AsyncDisposable {
  /** The address at which Chromium finds what `studio://app/…` means to the program. */
  toChromium(address: string): string;
  /** The address as the program would see it; a stranger's stays as it is. */
  toProgram(address: string): string;
}

export async function openSchemeBridge(scheme: string, host: string): Promise<SchemeBridge> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const loopback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const own = `${scheme}://${host}/`;
  const swap = (from: string, to: string) => (address: string) =>
    address.startsWith(from) ? to + address.slice(from.length) : address;
  const toProgram = swap(loopback, own);

  const answer = async (request: Request): Promise<Response> => {
    const handler = stage.schemes.get(scheme);
    if (!handler) return new Response('no handler for the scheme', { status: 502 });
    const { method, headers, body, signal } = request;
    return handler(
      new Request(toProgram(request.url), { method, headers, body, signal, duplex: 'half' } as RequestInit),
    );
  };
  server.on('request', createRequestListener(answer));
  return {
    toChromium: swap(own, loopback),
    toProgram,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
