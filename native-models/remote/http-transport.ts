import { say } from '#preload/domain/saying.ts';
import { Agent as HttpAgent, request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import type { RemoteServer } from '#preload/domain/inference-server.ts';
import {
  away,
  quotedWords,
  requestMs,
  tooLong,
  unusable,
  wordsBytes,
  wordsOfCertificate,
  wordsOfConnection,
  type Transport,
} from './transport.ts';
import { trustedAuthorities } from './trusted-authorities.ts';
import { fromWire, type WireTensor } from './wire-tensor.ts';

const shape = z.array(z.int()).max(16);
const port = z.object({ name: z.string(), datatype: z.string(), shape });
const metadataAnswer = z.object({ inputs: z.array(port), outputs: z.array(port) });
const serverAnswer = z.object({ extensions: z.array(z.string()).default([]) });
const inferAnswer = z.object({
  outputs: z.array(
    z.object({
      name: z.string(),
      datatype: z.string(),
      shape,
      parameters: z.object({ binary_data_size: z.int().nonnegative().optional() }).optional(),
      // The protocol allows numbers in one list, and rows within rows.
      data: z
        .array(z.unknown())
        .max(2 ** 26)
        .transform((data) => data.flat(16))
        .pipe(z.array(z.number()))
        .optional(),
    }),
  ),
});

/** How long the JSON before the binary tensors is, in bytes. */
const headerLength = 'inference-header-content-length';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/**
 * The protocol's HTTP form, with its binary tensor extension where the server says that it has it, else in JSON.
 * Redirects are not followed, so that frames and token go to the address that the person named and to no other; nor do
 * they go through a proxy of the environment, which is for the web.
 *
 * @param limitMs how long a request may take, to the last byte of its answer.
 */
export function httpTransport(server: RemoteServer, limitMs = requestMs): Transport {
  const base = new URL(server.address);
  const { host } = base;
  const version = server.version === '' ? '' : `/versions/${server.version}`;
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}/v2`;
  const authorization = server.token === null ? {} : { authorization: `Bearer ${server.token}` };
  const connections = { keepAlive: true, maxSockets: server.requests };
  const agent =
    base.protocol === 'https:'
      ? new HttpsAgent({ ...connections, secureContext: trustedAuthorities(server) })
      : new HttpAgent(connections);
  const begin = base.protocol === 'https:' ? requestHttps : requestHttp;

  /** The whole answer, no longer than `largest` bytes if it is a good one. */
  const ask = async (address: string, largest: number, signal: AbortSignal, asked: Asked = {}): Promise<Answer> => {
    const limit = AbortSignal.timeout(limitMs);
    const { method = 'GET', body } = asked;
    const headers = { ...authorization, ...asked.headers };
    try {
      signal.throwIfAborted();
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = { method, headers, agent, signal: AbortSignal.any([signal, limit]) };
        begin(`${root}${address}`, options, resolve).on('error', reject).end(body);
      });
      const status = response.statusCode!;
      const bytes = await readUpTo(response, isGood(status) ? largest : wordsBytes, host);
      return { status, headers: response.headers, bytes };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Failure) throw error;
      if (limit.aborted)
        throw away(host, say('it gave no answer for {{seconds}} s', { seconds: limitMs / 1000 }), error);
      throw failureOf(error);
    }
  };
  const failureOf = (error: unknown): Failure => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const words = error instanceof Error ? quotedWords(error.message) : '';
    const refused = wordsOfCertificate(`${code} ${words}`, server);
    if (refused !== undefined) return unusable(host, refused);
    return away(host, wordsOfConnection(code) ?? (words || say('the connection failed')), error);
  };
  /** The bytes of a good answer; fails for any other. */
  const good = ({ status, bytes }: Answer): Uint8Array => {
    if (isGood(status)) return bytes;
    if (status >= 300 && status < 400)
      throw unusable(host, say('it sends requests on to another address, to which nothing is sent'));
    const said = quotedWords(new TextDecoder().decode(bytes));
    const reason =
      said === ''
        ? say('it answered {{status}}', { status: String(status) })
        : say('it answered {{status}} ({{said}})', { status: String(status), said });
    const mayPass = status >= 500 || status === 429 || status === 408;
    throw mayPass ? away(host, reason) : unusable(host, reason);
  };
  const parse = <Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.infer<Schema> => {
    try {
      return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    } catch {
      throw unusable(host, say('its answer is not of the Open Inference Protocol'));
    }
  };

  let binary = true;
  return {
    async ready(model, signal) {
      for (const address of ['/health/ready', `/models/${model}${version}/ready`]) {
        const answer = await ask(address, wordsBytes, signal);
        if (answer.status === 404 && address !== '/health/ready')
          throw unusable(host, say('it has no model "{{model}}": serve what "models export" writes', { model }));
        if (answer.status === 400 || answer.status === 503) return false;
        good(answer);
      }
      return true;
    },
    async metadata(model, signal) {
      const { extensions } = parse(serverAnswer, good(await ask('', wordsBytes, signal)));
      binary = extensions.includes('binary_tensor_data');
      return parse(metadataAnswer, good(await ask(`/models/${model}${version}`, wordsBytes, signal)));
    },
    async infer(model, inputs, outputs, largestAnswer, signal) {
      const sent = binary ? binaryRequest(inputs, outputs) : jsonRequest(inputs, outputs);
      const asked = { method: 'POST', ...sent };
      const response = await ask(`/models/${model}${version}/infer`, largestAnswer, signal, asked);
      if (response.status === 404) throw away(host, say('it does not have "{{model}}" now', { model }));
      const bytes = good(response);
      const said = response.headers[headerLength] ?? null;
      const split = said === null ? bytes.byteLength : Number(said);
      if (!Number.isInteger(split) || split < 0 || split > bytes.byteLength)
        throw unusable(host, say('it says another length of its answer than it has'));
      const answer = parse(inferAnswer, bytes.subarray(0, split));
      let at = split;
      return answer.outputs.map(({ name, datatype, shape: size, parameters, data }): WireTensor => {
        const length = parameters?.binary_data_size;
        if (length === undefined) return { name, datatype, shape: size, bytes: numbersOf(data ?? [], datatype, host) };
        if (at + length > bytes.byteLength)
          throw unusable(host, say('it announced more of "{{name}}" than it sent', { name }));
        const own = bytes.subarray(at, at + length);
        at += length;
        return { name, datatype, shape: size, bytes: own };
      });
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function binaryRequest(inputs: readonly WireTensor[], outputs: readonly string[]) {
  const json = Buffer.from(
    JSON.stringify({
      inputs: inputs.map(({ bytes, ...words }) => ({ ...words, parameters: { binary_data_size: bytes.byteLength } })),
      outputs: outputs.map((name) => ({ name, parameters: { binary_data: true } })),
    }),
  );
  return {
    headers: { 'content-type': 'application/octet-stream', [headerLength]: String(json.byteLength) },
    body: Buffer.concat([json, ...inputs.map(({ bytes }) => bytes)]),
  };
}

function jsonRequest(inputs: readonly WireTensor[], outputs: readonly string[]) {
  const body = JSON.stringify({
    inputs: inputs.map((tensor) => {
      const { bytes: _, ...words } = tensor;
      return { ...words, data: Array.from(fromWire(tensor).data, Number) };
    }),
    outputs: outputs.map((name) => ({ name })),
  });
  return { headers: { 'content-type': 'application/json' }, body };
}

/** Numbers that a server without the binary extension wrote as JSON. */
function numbersOf(data: readonly number[], datatype: string, host: string): Uint8Array {
  if (datatype === 'FP32') return new Uint8Array(Float32Array.from(data).buffer);
  if (datatype === 'FP16') return new Uint8Array(Float16Array.from(data).buffer);
  throw unusable(host, say('it answers in {{datatype}}', { datatype: quotedWords(datatype) }));
}

const isGood = (status: number): boolean => status >= 200 && status < 300;

async function readUpTo(response: IncomingMessage, largest: number, host: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    length += piece.byteLength;
    if (length > largest) throw tooLong(host);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
