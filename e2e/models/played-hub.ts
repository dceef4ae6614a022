import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As the real hub does, larger files have their content's checksum, and are given out at another address. */
const largeFrom = 1000;

/** A server on loopback that answers as huggingface.co does, with one repository. */
export class PlayedHub implements AsyncDisposable {
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #name: string;
  readonly #server = createServer((request, response) => this.#answer(request, response));
  /** Bytes asked of each file, `path from-to`, in order; what only asks for its size is left out. */
  readonly given: string[] = [];
  /** What to give out instead of a file's content. */
  readonly tampered = new Map<string, Buffer>();
  /** What the list of files says of one instead of the truth. */
  readonly announced = new Map<string, { readonly size?: number; readonly sha256?: string }>();
  /** What happens to the next transfers of large files, after how many bytes; then to none. */
  readonly interruptions: { readonly after: number; readonly by: 'breaking' | 'falling silent' }[] = [];
  readonly commit = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00';
  /** Answers everything with a page of this status where it is not null. */
  status: number | null = null;
  /** So many requests are answered with 503 before any other. */
  overloadedFor = 0;
  /** The address that the list of files names as its next part. */
  next: string | null = null;
  /** Where large files are given out, where not here. */
  storage: string | null = null;
  /** Requests with the access token that they came with, in order. */
  readonly asked: { readonly path: string; readonly token: string | undefined }[] = [];

  #url = '';

  private constructor(name: string, files: ReadonlyMap<string, Buffer>) {
    this.#name = name;
    this.#files = files;
  }

  static async start(name: string, files: ReadonlyMap<string, Buffer>): Promise<PlayedHub> {
    const hub = new PlayedHub(name, files);
    await new Promise<void>((resolve) => hub.#server.listen(0, '127.0.0.1', resolve));
    hub.#url = `http://127.0.0.1:${(hub.#server.address() as AddressInfo).port}`;
    return hub;
  }

  get url(): string {
    return this.#url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url!, this.url);
    this.asked.push({ path: pathname, token: request.headers.authorization });
    if (this.overloadedFor > 0) {
      this.overloadedFor -= 1;
      return void response.writeHead(503).end();
    }
    const tree = `/api/models/${this.#name}/tree/${this.commit}`;
    const resolve = `/${this.#name}/resolve/${this.commit}/`;
    if (this.status !== null) return void response.writeHead(this.status).end('<html>');
    if (pathname.startsWith(`/api/models/${this.#name}/revision/`) && !pathname.endsWith('/nowhere'))
      return json(response, { _id: '1', id: this.#name, sha: this.commit });
    if (pathname === tree) {
      if (this.next !== null) response.setHeader('link', `<${this.next}>; rel="next"`);
      return json(
        response,
        [...this.#files].map(([path, content]) => entryOf(path, content, this.announced.get(path))),
      );
    }
    for (const start of [resolve, '/storage/']) {
      const path = pathname.slice(start.length);
      const content = this.#files.get(path);
      if (!pathname.startsWith(start) || content === undefined) continue;
      if (start === resolve && content.length >= largeFrom)
        return void response.writeHead(302, { location: `${this.storage ?? ''}/storage/${path}` }).end();
      return this.#give(path, this.tampered.get(path) ?? content, request, response);
    }
    response.writeHead(404).end();
  }

  #give(path: string, content: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = Math.min(Number(to ?? content.length - 1), content.length - 1);
    const part = content.subarray(start, end + 1);
    const isProbe = from === '0' && to === '0';
    if (!isProbe) this.given.push(`${path} ${start}-${end}`);
    response.writeHead(from === undefined ? 200 : 206, {
      etag: `"${path}"`,
      'content-length': part.length,
      ...(from !== undefined && { 'content-range': `bytes ${start}-${end}/${content.length}` }),
    });
    const interruption = isProbe || content.length < largeFrom ? undefined : this.interruptions.shift();
    if (interruption === undefined) return void response.end(part);
    response.write(part.subarray(0, interruption.after), () => {
      if (interruption.by === 'breaking') setImmediate(() => response.destroy());
    });
  }
}

const json = (response: ServerResponse, value: unknown): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

function entryOf(path: string, content: Buffer, announced: { readonly size?: number; readonly sha256?: string } = {}) {
  const blob = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  const size = announced.size ?? content.length;
  const sha256 = announced.sha256 ?? createHash('sha256').update(content).digest('hex');
  const lfs = { oid: sha256, size, pointerSize: 130 };
  return { type: 'file', path, size, oid: blob, ...(content.length >= largeFrom && { lfs }) };
}
