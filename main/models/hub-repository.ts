import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { useProxyOfEnvironment } from './proxy.ts';

/** A hub of models and how to talk to it. */
export interface Hub {
  readonly url: string;
  /** For repositories that ask for one. */
  readonly accessToken: string | null;
}

/** huggingface.co, or what the variables of Hugging Face's own tools say: `HF_ENDPOINT`, `HF_TOKEN`. */
export function usualHub(env: NodeJS.ProcessEnv = process.env): Hub {
  const accessToken = env['HF_TOKEN'] || null;
  if (accessToken?.startsWith('hf_') === false)
    throw new Failure('bad-input', say('HF_TOKEN holds no access token of the hub: those begin with hf_.'));
  return { url: (env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/+$/, ''), accessToken };
}

/** A file of a repository, as the hub describes it. */
export interface HubFile {
  /** Inside the repository, with slashes. */
  readonly path: string;
  readonly size: number;
  /** Of large files the SHA-256 of the content; of small ones the SHA-1 of the content as a git blob. */
  readonly checksum: { readonly of: 'content' | 'git-blob'; readonly hex: string };
  /**
   * Its bytes from one of them on. Fails with `hub-unreachable`, also midway, with `not-found`, `forbidden` and
   * `cancelled`.
   */
  read(from: number): AsyncIterable<Uint8Array>;
}

export interface HubRepository {
  readonly files: readonly HubFile[];
}

/**
 * What a repository of models holds at one commit: that of the revision (a branch, a tag, a commit) when this was called.
 * Fails with `hub-unreachable`, `not-found`, `forbidden` and `cancelled`.
 */
export async function openHubRepository(
  name: string,
  revision: string,
  hub: Hub,
  signal?: AbortSignal,
): Promise<HubRepository> {
  // Loaded when needed: most starts of the program never talk to a hub.
  const { downloadFile, listFiles, modelInfo } = await import('@huggingface/hub');
  useProxyOfEnvironment();
  const talk = new Conversation(name, revision, hub, signal);
  const access = {
    hubUrl: hub.url,
    fetch: talk.fetch,
    ...(hub.accessToken !== null && { accessToken: hub.accessToken }),
  };
  const repo = { type: 'model', name } as const;
  const read = async function* (path: string, commit: string, from: number): AsyncGenerator<Uint8Array, void, void> {
    try {
      // Plain HTTP, which can go on at any byte.
      const content = await downloadFile({ repo, path, revision: commit, xet: false, ...access });
      if (content === null) throw new Failure('not-found', say('{{name}} no longer has {{path}}.', { name, path }));
      yield* content.slice(from).stream();
    } catch (error) {
      throw talk.failureOf(error);
    }
  };
  try {
    const { sha: commit } = await modelInfo({ name, revision, additionalFields: ['sha'], ...access });
    const files: HubFile[] = [];
    for await (const entry of listFiles({ repo, revision: commit, recursive: true, ...access })) {
      const { type, path, size, oid, lfs } = entry;
      if (type !== 'file' || oid === undefined) continue;
      if (files.length === mostFiles || !Number.isSafeInteger(size) || size < 0) throw talk.notAHub();
      const checksum = lfs ? ({ of: 'content', hex: lfs.oid } as const) : ({ of: 'git-blob', hex: oid } as const);
      files.push({ path, size, checksum, read: (from) => read(path, commit, from) });
    }
    return { files };
  } catch (error) {
    throw talk.failureOf(error);
  }
}

/** No repository of a model comes near; a list without an end does. */
const mostFiles = 5000;
/** Of one answer that is not a file's content. */
const mostAnswerBytes = 32 * 2 ** 20;

/** Waits before what failed is asked again, in milliseconds; each is lengthened at random by up to half. */
const retryWaitsMs = [300, 900, 2700];
/** Statuses of a hub that may have more time later. */
const passing = [429, 502, 503, 504];

/**
 * What is asked of the hub, with failures that a person can read. The access token is for the hub's own origin: requests
 * to any other go without it. (Of a redirect to another origin, `fetch` itself leaves it out.)
 */
class Conversation {
  readonly #name: string;
  readonly #revision: string;
  readonly #hub: Hub;
  readonly #signal: AbortSignal | undefined;
  #failure: Failure | null = null;

  constructor(name: string, revision: string, hub: Hub, signal: AbortSignal | undefined) {
    this.#name = name;
    this.#revision = revision;
    this.#hub = hub;
    this.#signal = signal;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    this.#failure = null;
    const request = new Request(input, { ...init, ...(this.#signal && { signal: this.#signal }) });
    const { origin, pathname } = new URL(request.url);
    const isOfHub = origin === new URL(this.#hub.url).origin;
    if (!isOfHub) request.headers.delete('authorization');
    try {
      // Another host may keep the files, but what there is only the hub tells.
      if (!isOfHub && pathname.startsWith('/api/')) throw this.notAHub();
      const response = await this.#askPatiently(request);
      return pathname.startsWith('/api/') ? this.#limited(response) : response;
    } catch (error) {
      throw (this.#failure = this.failureOf(error));
    }
  };

  async #askPatiently(request: Request): Promise<Response> {
    for (let attempt = 0; ; attempt += 1) {
      const waitMs = retryWaitsMs[attempt];
      try {
        const response = await fetch(request.clone());
        if (response.ok) return response;
        await response.body?.cancel();
        if (waitMs === undefined || !passing.includes(response.status)) throw this.#refusal(response.status);
      } catch (error) {
        if (isSentElsewhere(error)) throw this.notAHub();
        if (waitMs === undefined || error instanceof Failure || this.#signal?.aborted === true) throw error;
      }
      await pause(waitMs * (1 + Math.random() / 2), undefined, this.#signal && { signal: this.#signal });
    }
  }

  #limited(response: Response): Response {
    let bytes = 0;
    const limit = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, stream) => {
        bytes += chunk.length;
        if (bytes > mostAnswerBytes) stream.error((this.#failure = this.notAHub()));
        else stream.enqueue(chunk);
      },
    });
    return new Response(response.body?.pipeThrough(limit) ?? null, response);
  }

  /** For answers that no hub gives. */
  notAHub(): Failure {
    const { url } = this.#hub;
    const said = say('{{url}} does not answer as a hub of models does; check HF_ENDPOINT.', { url });
    return new Failure('hub-unreachable', said, { url });
  }

  /** Streams hand on no more than the message of what went wrong in them; what `fetch` threw is kept here. */
  failureOf(error: unknown): Failure {
    if (error instanceof Failure) return error;
    if (this.#signal?.aborted === true)
      return new Failure(
        'cancelled',
        say('The download of {{name}} was cancelled; what has arrived is kept.', { name: this.#name }),
      );
    return this.#failure ?? this.#unreachable(error);
  }

  #unreachable(cause: unknown): Failure {
    const { url } = this.#hub;
    const said = say('{{url}} cannot be reached; check the network and try again.', { url });
    return new Failure('hub-unreachable', said, { url }, { cause });
  }

  #refusal(status: number): Failure {
    const { url } = this.#hub;
    const name = this.#name;
    if (status === 404) {
      const revision = this.#revision;
      const said = say('{{url}} has no model “{{name}}” with a revision “{{revision}}”.', { url, name, revision });
      return new Failure('not-found', said, { name });
    }
    if (status === 401 || status === 403) {
      const said = say(
        '{{url}} does not give out “{{name}}” to everybody, if it has it: check the name, accept its terms there, and set HF_TOKEN to an access token.',
        { url, name },
      );
      return new Failure('forbidden', said, { name });
    }
    return new Failure(
      'hub-unreachable',
      say('{{url}} answered with status {{status}}; try again later.', { url, status }),
      { status },
    );
  }
}

/** Whether `fetch` was redirected to what is no web address, as `file:`. */
const isSentElsewhere = (error: unknown): boolean =>
  error instanceof TypeError && error.cause instanceof Error && /scheme/i.test(error.cause.message);
