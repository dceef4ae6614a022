import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Backend } from '#main/backend.ts';
import { addresses, windowHeader } from '#preload/contract/contract.ts';
import { toFailure } from '#main/failures/to-failure.ts';
import type { FailureCode } from '#preload/domain/failure.ts';
import { fileResponse, videoTypeOf } from './file-response.ts';
import { rendererFile } from './renderer-files.ts';
import { dataHeaders, securityHeaders } from './security-headers.ts';

/** What the pages ask of the backend. */
export type PageBackend = Pick<
  Backend,
  | 'router'
  | 'mediaPathOf'
  | 'frameTableOf'
  | 'thumbnail'
  | 'framePng'
  | 'clipStrip'
  | 'waveform'
  | 'spectrogram'
  | 'recordingTile'
  | 'segmentsText'
  | 'takeDownload'
>;

const rpcPath = `/${addresses.rpc}` as const;

/** An imported list of classes or an annotation in JSON is far below this; media never comes this way. */
const maxRequestBytes = 64 * 1024 * 1024;

/** Who asks, where a sign-in stands before the studio. */
export interface SignedIn {
  readonly name: string;
  readonly isOwner: boolean;
}

/**
 * The whole backend as one function. `rendererFolder` holds the built renderer, `signedIn` is who asks where a sign-in
 * says so. Every host mounts this and nothing else: Electron under `studio://app/`, the serve host on loopback behind its door.
 */
export function createHandler(
  backend: PageBackend,
  rendererFolder: string,
): (request: Request, signedIn?: SignedIn, gone?: AbortSignal) => Promise<Response> {
  const rpc = new RPCHandler(backend.router, { plugins: [new BodyLimitPlugin({ maxBodySize: maxRequestBytes })] });
  const app = new Hono<{ Bindings: { readonly signedIn: SignedIn | null; readonly gone: AbortSignal | undefined } }>();

  for (const address of [
    '/media/*',
    '/frames/*',
    '/thumbnail/*',
    '/picture/*',
    '/strip/*',
    '/waveform/*',
    '/spectrogram/*',
    '/recording/*',
    '/segments/*',
    '/download/*',
  ])
    app.use(address, dataHeaders);
  app.use(securityHeaders);
  app.use(`${rpcPath}/*`, async (context) => {
    const { signedIn, gone } = context.env;
    const editor = { person: signedIn?.name ?? null, window: windowNamed(context.req.header(windowHeader)) };
    const { response } = await rpc.handle(context.req.raw, {
      prefix: rpcPath,
      context: { editor, isOwner: signedIn?.isOwner ?? true, gone: gone ?? context.req.raw.signal },
    });
    return response ?? context.notFound();
  });
  app.get('/media/:videoId', async ({ req }) => {
    const filePath = backend.mediaPathOf(numberOf(req.param('videoId')));
    const answer = await fileResponse(req.raw, filePath, { 'content-type': videoTypeOf(filePath) });
    return answer ?? missing('The media file is not where it was; relink the video.');
  });
  app.get('/frames/:videoId', ({ req, body }) =>
    body(littleEndian(backend.frameTableOf(numberOf(req.param('videoId')))), 200, { ...current, ...binary }),
  );
  app.get('/thumbnail/:videoId', async ({ req, body }) => {
    const [atUs, width] = [numberOf(req.query('at')), numberOf(req.query('width'))];
    const picture = await backend.thumbnail(numberOf(req.param('videoId')), atUs, width, req.raw.signal);
    return body(Uint8Array.from(picture.bytes), 200, pictureHeaders(picture));
  });
  app.get('/strip/:videoId', async ({ req, body }) => {
    const [startUs, endUs, width] = [
      numberOf(req.query('from')),
      numberOf(req.query('to')),
      numberOf(req.query('width')),
    ];
    const picture = await backend.clipStrip(numberOf(req.param('videoId')), { startUs, endUs }, width, req.raw.signal);
    return body(Uint8Array.from(picture.bytes), 200, pictureHeaders(picture));
  });
  app.get('/picture/:videoId', async ({ req, body }) => {
    const [videoId, frame] = [numberOf(req.param('videoId')), numberOf(req.query('frame'))];
    const png = await backend.framePng(videoId, frame, req.raw.signal);
    return body(Uint8Array.from(png), 200, { ...current, 'content-type': 'image/png' });
  });
  app.get('/waveform/:videoId', async ({ req, body }) => {
    const peaks = await backend.waveform(numberOf(req.param('videoId')), req.raw.signal);
    return peaks ? body(littleEndian(peaks), 200, { ...current, ...binary }) : body(null, 204);
  });
  app.get('/spectrogram/:videoId', async ({ req, body }) => {
    const [level, tile] = [numberOf(req.query('level')), numberOf(req.query('tile'))];
    const read = await backend.spectrogram(numberOf(req.param('videoId')), level, tile, req.raw.signal);
    return read ? body(Uint8Array.from(read), 200, { ...current, ...binary }) : body(null, 204);
  });
  app.get('/recording/:recordingId', async ({ req, body }) => {
    const [column, level, tile] = [
      numberOf(req.query('column')),
      numberOf(req.query('level')),
      numberOf(req.query('tile')),
    ];
    const entries = await backend.recordingTile(numberOf(req.param('recordingId')), column, { level, tile });
    return body(littleEndian(entries), 200, { ...current, ...binary });
  });
  app.get('/segments/:videoId', ({ req, body }) =>
    body(backend.segmentsText(numberOf(req.param('videoId'))), 200, { ...current, 'content-type': 'application/json' }),
  );
  app.get('/download/:token', ({ req, body }) => {
    const download = backend.takeDownload(req.param('token'));
    return body(Uint8Array.from(download.bytes), 200, {
      'content-type': download.mime,
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(download.fileName)}`,
    });
  });
  app.get('*', async ({ req }) => (await rendererFile(req.raw, rendererFolder)) ?? missing('There is nothing here.'));
  app.notFound(() => missing('There is nothing here.'));
  app.onError(answerFailure);

  return async (request, signedIn, gone) => app.fetch(request, { signedIn: signedIn ?? null, gone });
}

/** The name that a page gave itself; null for what is none. */
const windowNamed = (text: string | undefined): string | null => (/^[\w-]{16,64}$/.test(text ?? '') ? text! : null);

/** The same address means another video once another project is open. */
const current = { 'cache-control': 'no-cache' };
const binary = { 'content-type': 'application/octet-stream' };

const pictureHeaders = ({ mime }: { readonly mime: string }) => ({
  ...current,
  'content-type': mime.startsWith('image/') ? mime : binary['content-type'],
});

const statusOf: Partial<Record<FailureCode, number>> = { 'bad-input': 400, forbidden: 403, 'not-found': 404 };

const missing = (message: string) => Response.json({ code: 'not-found', message }, { status: 404 });

function answerFailure(error: unknown): Response {
  if (error instanceof HTTPException) return error.getResponse();
  const failure = toFailure(error).toValue();
  return Response.json(failure, { status: statusOf[failure.code] ?? 500 });
}

function numberOf(text: string | undefined): number {
  const value = Number(text);
  if (!text || !Number.isSafeInteger(value) || value < 0) {
    throw new HTTPException(400, { message: 'a whole number is missing in the address' });
  }
  return value;
}

/** The numbers' bytes as the pages read them; every machine that runs us is little-endian. */
function littleEndian(numbers: Float64Array | Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(numbers.slice().buffer);
}
