import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequestListener } from '@remix-run/node-fetch-server';
import { createDoor } from '#main/http/door.ts';
import type { TeamTrust } from '#main/http/team-access.ts';
import { createTeamDoor } from '#main/http/team-door.ts';
import { createHandler, type PageBackend } from '#main/http/handle.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';

export interface ServedStudio extends AsyncDisposable {
  readonly port: number;
  /** A fresh address that lets one browser in, once; behind a sign-in, the public address. */
  newLink(): string;
}

/**
 * The studio on loopback, for a browser on this machine or at the end of an ssh tunnel with the same port at both
 * ends; with `team`, for people whom the proxy that it trusts names. `port` 0 takes a free one. Rejects with `bad-input` where the port is taken.
 */
export async function serveStudio(
  backend: PageBackend,
  rendererFolder: string,
  options: { readonly port: number; readonly team?: TeamTrust },
): Promise<ServedStudio> {
  const server = createServer(patience);
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve).once('error', (error: NodeJS.ErrnoException) => {
      const taken =
        error.code === 'EADDRINUSE' ? 'something else listens there; choose another with --port' : error.message;
      reject(new Failure('bad-input', verbatim(`Port ${options.port} cannot be used: ${taken}.`)));
    });
    server.listen(options.port, '127.0.0.1');
  });
  const { port } = server.address() as AddressInfo;
  const studio = createHandler(backend, rendererFolder);
  const { team } = options;
  const door = team
    ? { handle: createTeamDoor(team, studio), newLink: () => team.address.href }
    : createDoor(port, studio);
  // The door reads the host that was asked for from its header; the address is built without it, as it may be anything.
  server.on('request', (incoming, outgoing) => {
    // Not the request's own signal: Node forgets that one as soon as nobody holds the request it came with, as while a
    // stream is answered, and windows would seem open that are closed.
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const listen = createRequestListener((request) => door.handle(request, gone.signal), {
      host: `127.0.0.1:${port}`,
      onError: notUnderstood,
    });
    listen(incoming, outgoing);
  });
  return {
    port,
    newLink: () => door.newLink(),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Streams of changes and of media would otherwise hold it open for ever.
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * What strangers may cost before the door has seen them: a head that does not arrive is waited for as long as one over a
 * slow tunnel needs. Browsers send us the cookies that all other ports of this machine have set for every path, up to 180
 * of 4 KiB; they must not keep our own page out.
 */
const patience = { headersTimeout: 15_000, connectionsCheckingInterval: 5000, maxHeaderSize: 2 ** 20 };

/** For what is no request at all; the door's handler answers every request with its own failures. */
const notUnderstood = () =>
  new Response('This is no request that Cuepoint understands.\n', {
    status: 400,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  });
