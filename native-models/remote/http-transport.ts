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
  wordsOfConnection,
  type Transport,
} from './transport.ts';
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
      data: z.array(z.number()).optional(),
    }),
  ),
});

/** How long the JSON before the binary tensors is, in bytes. */
const headerLength = 'inference-header-content-length';

/**
 * The protocol's HTTP form, with its binary tensor extension where the server says that it has it, else in JSON. Redirects are not followed, so that frames and token go to
 * the address that the person named and to no other.
 *
 * @param limitMs how long a request may take, to the last byte of its answer.
 */
export function httpTransport(server: RemoteServer, limitMs = requestMs): Transport {
  const base = new URL(server.address);
  const { host } = base;
  const version = server.version === '' ? '' : `/versions/${server.version}`;
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}/v2`;
  const authorization = server.token === null ? {} : { authorization: `Bearer ${server.token}` };

  const ask = async (
    address: string,
    init: {
      readonly method?: string;
      readonly headers?: Record<string, string>;
      readonly body?: string | Uint8Array<ArrayBuffer>;
    } = {},
  ): Promise<Response> => {
    try {
      return await fetch(`${root}${address}`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(limitMs),
        ...init,
        headers: { ...authorization, ...init.headers },
      });
    } catch (error) {
      throw away(host, reasonOf(error, limitMs), error);
    }
  };
  /** The bytes of a good answer; fails for any other, and for one that is longer than it may be. */
  const read = async (response: Response, largest: number): Promise<Uint8Array> => {
    const bytes = await readUpTo(response, response.ok ? largest : wordsBytes, host, limitMs);
    if (response.ok) return bytes;
    if (response.status >= 300 && response.status < 400)
      throw unusable(host, 'it sends requests on to another address, to which nothing is sent');
    const said = quotedWords(new TextDecoder().decode(bytes));
    const reason = `it answered ${response.status}${said && ` (${said})`}`;
    const mayPass = response.status >= 500 || response.status === 429 || response.status === 408;
    throw mayPass ? away(host, reason) : unusable(host, reason);
  };
  const parse = <Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.infer<Schema> => {
    try {
      return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    } catch {
      throw unusable(host, 'its answer is not of the Open Inference Protocol');
    }
  };

  let binary = true;
  return {
    async ready(model) {
      for (const address of ['/health/ready', `/models/${model}${version}/ready`]) {
        const response = await ask(address);
        if (response.status === 404 && address !== '/health/ready') {
          await response.body?.cancel();
          throw unusable(host, `it has no model "${model}"`);
        }
        if (response.status === 400 || response.status === 503) {
          await response.body?.cancel();
          return false;
        }
        await read(response, wordsBytes);
      }
      return true;
    },
    async metadata(model) {
      const { extensions } = parse(serverAnswer, await read(await ask(''), wordsBytes));
      binary = extensions.includes('binary_tensor_data');
      return parse(metadataAnswer, await read(await ask(`/models/${model}${version}`), wordsBytes));
    },
    async infer(model, inputs, outputs, largestAnswer) {
      const sent = binary ? binaryRequest(inputs, outputs) : jsonRequest(inputs, outputs);
      const response = await ask(`/models/${model}${version}/infer`, { method: 'POST', ...sent });
      const bytes = await read(response, largestAnswer);
      const said = response.headers.get(headerLength);
      const split = said === null ? bytes.byteLength : Number(said);
      if (!Number.isInteger(split) || split < 0 || split > bytes.byteLength)
        throw unusable(host, 'it says another length of its answer than it has');
      const answer = parse(inferAnswer, bytes.subarray(0, split));
      let at = split;
      return answer.outputs.map(({ name, datatype, shape: size, parameters, data }): WireTensor => {
        const length = parameters?.binary_data_size;
        if (length === undefined) return { name, datatype, shape: size, bytes: numbersOf(data ?? [], datatype, host) };
        if (at + length > bytes.byteLength) throw unusable(host, `it announced more of "${name}" than it sent`);
        const own = bytes.subarray(at, at + length);
        at += length;
        return { name, datatype, shape: size, bytes: own };
      });
    },
    // Its connections are those of all requests of this process.
    [Symbol.dispose]: () => undefined,
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
  throw unusable(host, `it answers in ${quotedWords(datatype)}`);
}

async function readUpTo(response: Response, largest: number, host: string, limitMs: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      length += piece.byteLength;
      if (length > largest) throw tooLong(host);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof Failure ? error : away(host, reasonOf(error, limitMs), error);
  }
  return Buffer.concat(pieces);
}

/** Why a connection failed, in few words. */
function reasonOf(error: unknown, limitMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `it gave no answer for ${limitMs / 1000} s`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return wordsOfConnection(code) ?? (cause instanceof Error ? quotedWords(cause.message) : 'the connection failed');
}
