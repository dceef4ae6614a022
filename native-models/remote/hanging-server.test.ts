// Protects: a server that takes a request and never answers, or stops in the middle of an answer, is away after a while and
// holds nothing up for good; one that answers no message of the protocol is refused in words, at once.
import { Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { inferenceServer } from '#preload/domain/inference-server.ts';
import { calls, service } from './grpc-messages.ts';
import { grpcTransport } from './grpc-transport.ts';
import { httpTransport } from './http-transport.ts';

const limitMs = 300;

/** Takes connections, does with them as it is told, and never closes one. */
async function hanging(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined).resume();
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const silent = (): void => undefined;
const stopping = (socket: Socket): void => {
  socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"inputs": ['));
};

test.each([
  ['http', httpTransport, silent, 'it gave no answer for 0.3 s'],
  ['http', httpTransport, stopping, 'it gave no answer for 0.3 s'],
  ['grpc', grpcTransport, silent, 'it gave no answer for 0.3 s'],
] as const)('%s: no answer comes', async (protocol, transportOf, onConnection, words) => {
  const port = await hanging(onConnection);
  const server = {
    ...inferenceServer.parse({ address: `${protocol}://127.0.0.1:${port}`, model: 'lab' }),
    token: null,
  };
  using transport = transportOf(server, limitMs);
  const patient = new AbortController().signal;
  const asks = [
    () => transport.metadata('lab-frames', patient),
    () => transport.infer('lab-frames', [], ['embeds'], 1000, patient),
  ];
  for (const ask of asks)
    await expect(ask()).rejects.toMatchObject({
      code: 'server-away',
      message: `The inference server 127.0.0.1:${port} is away: ${words}.`,
    });
});

/** Field 5 of the protocol, as a text that is longer than the message. */
const cutOff = Buffer.from([0x2a, 0xff, 0x01, 0x61]);

test('grpc: an answer that is no message of the protocol is told at once', async () => {
  const played = new GrpcServer();
  for (const name of Object.keys(calls) as (keyof typeof calls)[])
    played.register(
      `${service}/${name}`,
      (_call: unknown, answer: (error: null, bytes: Buffer) => void) => answer(null, cutOff),
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
      'unary',
    );
  const port = await new Promise<number>((resolve, reject) =>
    played.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, at) =>
      error === null ? resolve(at) : reject(error),
    ),
  );
  onTestFinished(() => played.forceShutdown());
  const server = { ...inferenceServer.parse({ address: `grpc://127.0.0.1:${port}`, model: 'lab' }), token: null };
  using transport = grpcTransport(server);
  const patient = new AbortController().signal;
  for (const ask of [
    () => transport.ready('lab-frames', patient),
    () => transport.metadata('lab-frames', patient),
    () => transport.infer('lab-frames', [], ['embeds'], 1000, patient),
  ])
    await expect(ask()).rejects.toMatchObject({
      code: 'bad-input',
      message: /its answer is no message of the protocol/u,
    });
});
