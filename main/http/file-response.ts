import { open, stat } from 'node:fs/promises';
import { ReadableStream as NodeStream } from 'node:stream/web';
import { getMimeType, mimes } from 'hono/utils/mime';
import { contentRange, readRange, type ByteRange } from './byte-ranges.ts';

const chunkBytes = 256 * 1024;

const contentTypes = {
  ...mimes,
  m4v: 'video/mp4',
  // Chromium plays QuickTime files but turns down `video/quicktime`.
  mov: 'video/mp4',
  mkv: 'video/x-matroska',
};

/** The media type of a file by its name; of unknown ones, bytes. */
export const contentTypeOf = (fileName: string): string =>
  getMimeType(fileName, contentTypes) ?? 'application/octet-stream';

/** The media type of a video by its name: one of a video always, so that no file of a project is taken for a page. */
export function videoTypeOf(fileName: string): string {
  const type = contentTypeOf(fileName);
  return type.startsWith('video/') ? type : 'video/mp4';
}

/**
 * A file as an answer to `request`, honouring `Range` and `If-Range`: 200, 206, 304 or 416; null where there is no
 * such file. The body is read as it is pulled, a chunk at a time, and its file is closed when the reader goes away.
 */
export async function fileResponse(
  request: Request,
  filePath: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response | null> {
  const facts = await stat(filePath).catch(() => null);
  if (!facts?.isFile()) return null;

  const etag = `"${facts.size.toString(36)}-${Math.round(facts.mtimeMs).toString(36)}"`;
  const answer = new Headers({
    'content-type': contentTypeOf(filePath),
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    etag,
    ...headers,
  });
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: answer });

  const condition = request.headers.get('if-range');
  const asked = condition === null || condition === etag ? request.headers.get('range') : null;
  const reading = readRange(asked, facts.size);
  if (reading.kind === 'unsatisfiable') {
    answer.set('content-range', contentRange(null, facts.size));
    return new Response(null, { status: 416, headers: answer });
  }
  const range = reading.kind === 'part' ? reading.range : { start: 0, end: facts.size };
  answer.set('content-length', String(range.end - range.start));
  if (reading.kind === 'part') answer.set('content-range', contentRange(range, facts.size));
  return new Response(request.method === 'HEAD' ? null : fileStream(filePath, range, request.signal), {
    status: reading.kind === 'part' ? 206 : 200,
    headers: answer,
  });
}

/**
 * Bytes `range` of a file, read only as they are pulled: at most one chunk is in memory. The file is opened with the
 * first pull and closed at the end, on cancel, on an error and when `signal` aborts. A file that ends early errors.
 */
export function fileStream(
  filePath: string,
  range: ByteRange,
  signal?: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = readChunks(filePath, range);
  signal?.addEventListener('abort', () => void chunks.return(), { once: true });
  // The same class as the global one, whose type a browser's library may have declared instead.
  const stream: object = NodeStream.from(chunks);
  return stream as ReadableStream<Uint8Array<ArrayBuffer>>;
}

async function* readChunks(filePath: string, { start, end }: ByteRange): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  await using file = await open(filePath);
  for (let position = start; position < end;) {
    const wanted = Math.min(chunkBytes, end - position);
    const { bytesRead, buffer } = await file.read(new Uint8Array(wanted), 0, wanted, position);
    if (bytesRead === 0) throw new Error(`${filePath} became shorter while it was read`);
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}
