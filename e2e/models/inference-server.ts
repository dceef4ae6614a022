import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { calls, type GrpcTensor } from '#native-models/remote/grpc-messages.ts';
import { openSession, type PortInfo, type Session } from '#native-models/runtime/session.ts';
import type { TensorValue, TensorValues } from '#native-models/runtime/tensor-value.ts';

/** A tensor as the protocol carries it. */
export interface ServedTensor {
  name: string;
  datatype: string;
  shape: number[];
  bytes: Buffer;
}

/** What a server does wrong; each is asked of every answer to `infer`. */
export interface Spoilt {
  tensors?: (tensors: ServedTensor[]) => ServedTensor[];
  /** Takes an HTTP request over. */
  http?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Says that it takes and gives half precision. */
  half?: boolean;
  /** Answers numbers as JSON, in one list or in rows. */
  plain?: boolean | 'rows';
  /** How many calls fail before one succeeds. */
  failures?: number;
  /** How the next calls to `infer` are refused, as by a server that just began and has not all of its models yet. */
  refusals?: ('unknown' | 'unready')[];
  /** Takes every call and answers none. */
  silent?: boolean;
}

/** A server of the Open Inference Protocol over a model repository, in this process. */
export interface PlayedInferenceServer extends AsyncDisposable {
  readonly address: string;
  spoilt: Spoilt;
  /** Rows of each `infer`, and the authorisation that came with the last. */
  readonly rows: number[];
  readonly mostAtOnce: number;
  /** How many calls it keeps without an answer, and how many were cut by who made them. */
  readonly held: number;
  readonly cut: number;
  readonly authorization: string | undefined;
}

interface Served {
  readonly address: string;
  stop(): Promise<void>;
}

const datatypes: Readonly<Record<string, string>> = { float32: 'FP32', int64: 'INT64', int32: 'INT32' };

class Models {
  spoilt: Spoilt = {};
  readonly rows: number[] = [];
  mostAtOnce = 0;
  held = 0;
  cut = 0;
  authorization: string | undefined;
  #atOnce = 0;
  readonly #repository: string;
  readonly #sessions = new Map<string, Promise<Session>>();

  constructor(repository: string) {
    this.#repository = repository;
  }

  has(name: string): boolean {
    return readdirSync(this.#repository).includes(name);
  }

  session(name: string): Promise<Session> {
    const known = this.#sessions.get(name);
    if (known) return known;
    const opened = openSession(path.join(this.#repository, name, '1', 'model.onnx'), { provider: 'cpu' });
    this.#sessions.set(name, opened);
    return opened;
  }

  async metadata(name: string) {
    const { inputs, outputs } = await this.session(name);
    const port = ({ name: own, type, shape }: PortInfo) => ({
      name: own,
      datatype: this.spoilt.half && type === 'float32' ? 'FP16' : datatypes[type]!,
      shape: shape.map((size) => (typeof size === 'number' ? size : -1)),
    });
    return { name, inputs: inputs.map(port), outputs: outputs.map(port) };
  }

  isReady(name: string): boolean {
    if (this.spoilt.refusals?.[0] !== 'unready') return this.has(name);
    this.spoilt.refusals.shift();
    return false;
  }

  /** How this call is refused, if it is. One that is not ready says so when it is asked whether it is. */
  refusal(): 'unknown' | 'unready' | undefined {
    return this.spoilt.refusals?.[0] === 'unknown' ? this.spoilt.refusals.shift() : this.spoilt.refusals?.[0];
  }

  /** Null where it fails, as it was told to. */
  async infer(name: string, inputs: readonly ServedTensor[]): Promise<ServedTensor[] | null> {
    if ((this.spoilt.failures ?? 0) > 0) {
      this.spoilt.failures! -= 1;
      return null;
    }
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    this.rows.push(inputs[0]!.shape[0]!);
    try {
      if (this.spoilt.silent) {
        this.held += 1;
        return await new Promise<never>(() => undefined);
      }
      // Others arrive meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 5));
      const session = await this.session(name);
      const values = await session.run(
        Object.fromEntries(inputs.map((one) => [one.name, valueOf(one)])) as TensorValues,
      );
      const tensors = Object.entries(values).map(([own, { data, shape }]) => {
        const numbers = this.spoilt.half ? new Float16Array(data as Float32Array) : data;
        const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
        return { name: own, datatype: this.spoilt.half ? 'FP16' : 'FP32', shape: [...shape], bytes };
      });
      return this.spoilt.tensors?.(tensors) ?? tensors;
    } finally {
      this.#atOnce -= 1;
    }
  }
}

function bytesOf(datatype: string, data: readonly number[]): Buffer {
  const numbers = datatype === 'INT64' ? BigInt64Array.from(data, BigInt) : Float32Array.from(data);
  return Buffer.from(numbers.buffer);
}

function valueOf({ datatype, shape, bytes }: ServedTensor): TensorValue {
  const { buffer: own } = new Uint8Array(bytes);
  if (datatype === 'INT64') return { type: 'int64', data: new BigInt64Array(own), shape };
  const data = datatype === 'FP16' ? Float32Array.from(new Float16Array(own)) : new Float32Array(own);
  return { type: 'float32', data, shape };
}

const tls = path.join(import.meta.dirname, 'tls');
const pem = (name: string): Buffer => readFileSync(path.join(tls, name));
/** PEM of the authority that signed the certificates of played servers; no machine knows it. */
export const testAuthority = (): string => pem('authority.pem').toString();

/** The protocol's two forms, in the open and over TLS. */
export type PlayedProtocol = 'http' | 'grpc' | 'https' | 'grpcs';

interface Certified {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/**
 * Serves a repository on loopback.
 *
 * @param certificate which of the certificates it shows over TLS.
 */
export async function playInferenceServer(
  protocol: PlayedProtocol,
  repository: string,
  port = 0,
  certificate: 'server' | 'other-name' = 'server',
): Promise<PlayedInferenceServer> {
  const models = new Models(repository);
  const secure = protocol.endsWith('s') ? { key: pem('server.key'), cert: pem(`${certificate}.pem`) } : null;
  const { address, stop } = await (protocol.startsWith('http') ? serveHttp : serveGrpc)(models, port, secure);
  return {
    address,
    get spoilt() {
      return models.spoilt;
    },
    set spoilt(spoilt) {
      models.spoilt = spoilt;
    },
    rows: models.rows,
    get mostAtOnce() {
      return models.mostAtOnce;
    },
    get held() {
      return models.held;
    },
    get cut() {
      return models.cut;
    },
    get authorization() {
      return models.authorization;
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function serveHttp(models: Models, port: number, secure: Certified | null): Promise<Served> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    models.authorization = request.headers.authorization;
    response.on('close', () => (models.cut += response.writableFinished ? 0 : 1));
    const [, name, what = ''] = /^\/v2\/models\/([^/]+)(?:\/versions\/\d+)?(?:\/(\w+))?$/.exec(request.url!) ?? [];
    const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    if (request.url === '/v2') {
      json({ extensions: models.spoilt.plain ? [] : ['binary_tensor_data'] });
      return;
    }
    if (request.url === '/v2/health/ready') {
      json({ ready: true });
      return;
    }
    if (name === undefined || !models.has(name)) {
      response.writeHead(404).end('{"error":"no such model"}');
      return;
    }
    if (what === 'ready') {
      response.statusCode = models.isReady(name) ? 200 : 503;
      json({ ready: response.statusCode === 200 });
      return;
    }
    if (what === '') {
      json(await models.metadata(name));
      return;
    }
    const refusal = models.refusal();
    if (refusal !== undefined) {
      response.writeHead(refusal === 'unknown' ? 404 : 400).end('{"error":"no such model yet"}');
      return;
    }
    if (models.spoilt.http) {
      models.spoilt.http(request, response);
      return;
    }
    const body = await buffer(request);
    const length = Number(request.headers['inference-header-content-length'] ?? body.length);
    const asked = JSON.parse(body.toString('utf8', 0, length)) as {
      inputs: {
        name: string;
        datatype: string;
        shape: number[];
        parameters?: { binary_data_size: number };
        data?: number[];
      }[];
    };
    let at = length;
    const inputs = asked.inputs.map(({ parameters, data, ...words }) => {
      if (parameters === undefined) return { ...words, bytes: bytesOf(words.datatype, data ?? []) };
      const bytes = body.subarray(at, at + parameters.binary_data_size);
      at += parameters.binary_data_size;
      return { ...words, bytes };
    });
    const outputs = await models.infer(name, inputs);
    if (outputs === null) {
      response.writeHead(503).end('{"error":"busy"}');
      return;
    }
    if (models.spoilt.plain) {
      json({
        outputs: outputs.map(({ bytes, ...words }) => {
          const data = [...new Float32Array(new Uint8Array(bytes).buffer)];
          const width = words.shape.at(-1)!;
          const rows = Array.from({ length: data.length / width }, (_, row) =>
            data.slice(row * width, (row + 1) * width),
          );
          return { ...words, data: models.spoilt.plain === 'rows' ? rows : data };
        }),
      });
      return;
    }
    const words = Buffer.from(
      JSON.stringify({
        model_name: name,
        outputs: outputs.map(({ bytes, ...own }) => ({ ...own, parameters: { binary_data_size: bytes.byteLength } })),
      }),
    );
    response.setHeader('inference-header-content-length', words.byteLength);
    response.end(Buffer.concat([words, ...outputs.map(({ bytes }) => bytes)]));
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  };
  const server = secure === null ? createServer(onRequest) : createSecureServer(secure, onRequest);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `${secure === null ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serveGrpc(models: Models, port: number, secure: Certified | null): Promise<Served> {
  const server = new Server();
  const method = (name: keyof typeof calls) => ({
    path: `/inference.GRPCInferenceService/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: calls[name].request.encode as (value: object) => Buffer,
    requestDeserialize: (bytes: Buffer) => calls[name].request.decode(bytes),
    responseSerialize: calls[name].response.encode as (value: object) => Buffer,
    responseDeserialize: (bytes: Buffer) => calls[name].response.decode(bytes),
  });
  const handle =
    (work: (request: never) => object | null | Promise<object | null>) =>
    (
      call: {
        request: object;
        getPath(): string;
        metadata: { get(key: string): unknown[] };
        on(event: 'cancelled', listener: () => void): void;
      },
      done: (error: { code: number; details: string } | null, value?: object) => void,
    ) => {
      models.authorization = call.metadata.get('authorization')[0] as string | undefined;
      // It ends with “cancelled” too where it was answered.
      let isAnswered = false;
      call.on('cancelled', () => (models.cut += isAnswered ? 0 : 1));
      const answer = async () => {
        try {
          const refusal = path.basename(call.getPath()) === 'ModelInfer' ? models.refusal() : undefined;
          if (refusal !== undefined) {
            isAnswered = true;
            const code = refusal === 'unknown' ? status.NOT_FOUND : status.INVALID_ARGUMENT;
            done({ code, details: 'no such model yet' });
            return;
          }
          const value = await work(call.request as never);
          isAnswered = true;
          if (value === null) done({ code: status.UNAVAILABLE, details: 'busy' });
          else done(null, value);
        } catch (error) {
          done({ code: status.INTERNAL, details: String(error) });
        }
      };
      void answer();
    };
  const names = Object.keys(calls) as (keyof typeof calls)[];
  server.addService(Object.fromEntries(names.map((name) => [name, method(name)])), {
    ServerReady: handle(() => ({ ready: true })),
    ModelReady: handle(({ name }: { name: string }) => ({ ready: models.isReady(name) })),
    ModelMetadata: handle(({ name }: { name: string }) => models.metadata(name)),
    ModelInfer: handle(async (request: { modelName: string; inputs: GrpcTensor[]; rawInputContents: Uint8Array[] }) => {
      const inputs = request.inputs.map(({ name, datatype, shape }, at) => ({
        name,
        datatype,
        shape: [...shape],
        bytes: Buffer.from(request.rawInputContents[at]!),
      }));
      const outputs = await models.infer(request.modelName, inputs);
      return (
        outputs && {
          modelName: request.modelName,
          outputs: outputs.map(({ bytes: _, ...words }) => words),
          rawOutputContents: outputs.map(({ bytes }) => bytes),
        }
      );
    }),
  });
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, credentialsOf(secure), (error, own) =>
      error ? reject(error) : resolve(own),
    ),
  );
  return {
    address: `${secure === null ? 'grpc' : 'grpcs'}://127.0.0.1:${bound}`,
    stop: () => Promise.resolve(server.forceShutdown()),
  };
}

const credentialsOf = (secure: Certified | null): ServerCredentials =>
  secure === null
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [{ private_key: secure.key, cert_chain: secure.cert }]);
