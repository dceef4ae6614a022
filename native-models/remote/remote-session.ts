import { say } from '#preload/domain/saying.ts';
import { setTimeout } from 'node:timers/promises';
import { Failure } from '#preload/domain/failure.ts';
import type { RemoteServer } from '#preload/domain/inference-server.ts';
import type { PortInfo, Session } from '../runtime/session.ts';
import type { TensorValue, TensorValues } from '../runtime/tensor-value.ts';
import { servedName, type ServedPiece } from '../serving/served-graph.ts';
import { givenUp } from './giving-up.ts';
import { grpcTransport } from './grpc-transport.ts';
import { httpTransport } from './http-transport.ts';
import { away, quotedWords, requestMs, unusable, wordsBytes, type ServedPort, type Transport } from './transport.ts';
import { bytesPerNumber, fromWire, toWire, type Datatype } from './wire-tensor.ts';

/** A piece of a model as the session here describes it: what a server must take and give. */
export interface LocalPorts {
  readonly inputs: readonly PortInfo[];
  readonly outputs: readonly PortInfo[];
}

/** Waits between tries of a request, milliseconds; after the last the server is away. */
const backoffMs = [200, 800, 2400];

/** Bytes of requests and their answers that may be under way at once; one request always may. */
const largestInFlight = 256 * 2 ** 20;

const localTypes: Readonly<Record<string, readonly Datatype[]>> = {
  float32: ['FP32', 'FP16'],
  int64: ['INT64'],
  int32: ['INT32'],
};

/**
 * A piece of a model on a server of the Open Inference Protocol. What the server says that it takes and gives is held
 * against `local`; rows go in requests of the server's batch, several at once, are tried again where the server may come
 * back, and every answer's names, shapes, sizes and numbers are checked. Fails with `server-away` or `bad-input`, and when
 * whoever asked [gives up](./giving-up.ts).
 */
export async function openRemoteSession(server: RemoteServer, piece: ServedPiece, local: LocalPorts): Promise<Session> {
  const { host, protocol } = new URL(server.address);
  const transport = protocol.startsWith('http') ? httpTransport(server) : grpcTransport(server);
  const model = servedName(server.model, piece);
  try {
    const metadata = await persistently(async (signal) => {
      if (!(await transport.ready(model, signal))) throw away(host, say('"{{model}}" is not ready', { model }));
      return transport.metadata(model, signal);
    });
    const fitting = (kind: 'input' | 'output', own: readonly PortInfo[], served: readonly ServedPort[]) =>
      new Map(own.map((port) => [port.name, datatypeOf(host, kind, port, served)]));
    const given = { inputs: fitting('input', local.inputs, metadata.inputs) };
    const taken = { outputs: fitting('output', local.outputs, metadata.outputs) };
    return {
      provider: 'remote',
      inputs: local.inputs,
      outputs: local.outputs,
      run: (feeds) => runRemotely({ host, model, server, transport, local, ...given, ...taken }, feeds),
      [Symbol.asyncDispose]: () => Promise.resolve(transport[Symbol.dispose]()),
    };
  } catch (error) {
    transport[Symbol.dispose]();
    throw error;
  }
}

const kindWords = { input: say('input'), output: say('output') };

/** In which numbers a port travels, where the server's fits ours. */
function datatypeOf(
  host: string,
  kind: 'input' | 'output',
  { name, type, shape }: PortInfo,
  served: readonly ServedPort[],
): Datatype {
  const found = served.find((port) => port.name === name);
  if (found === undefined)
    throw unusable(host, say('its model has no {{kind}} "{{name}}"', { kind: kindWords[kind], name }));
  const datatype = localTypes[type]?.find((one) => one === found.datatype);
  if (datatype === undefined)
    throw unusable(
      host,
      say('its {{kind}} "{{name}}" is {{datatype}} and not {{type}}', {
        kind: kindWords[kind],
        name,
        datatype: quotedWords(found.datatype),
        type,
      }),
    );
  const fits =
    found.shape.length === shape.length &&
    found.shape.every(
      (size, axis) => size < 0 || typeof shape[axis] !== 'number' || shape[axis] < 0 || size === shape[axis],
    );
  if (!fits)
    throw unusable(
      host,
      say('its {{kind}} "{{name}}" is [{{shape}}] and not [{{asked}}]', {
        kind: kindWords[kind],
        name,
        shape: found.shape.join(', '),
        asked: shape.join(', '),
      }),
    );
  return datatype;
}

interface RemotePiece {
  readonly host: string;
  readonly model: string;
  readonly server: RemoteServer;
  readonly transport: Transport;
  readonly local: LocalPorts;
  readonly inputs: ReadonlyMap<string, Datatype>;
  readonly outputs: ReadonlyMap<string, Datatype>;
}

async function runRemotely(piece: RemotePiece, feeds: TensorValues): Promise<TensorValues> {
  const sizes = sizesOf(piece.local.inputs, feeds);
  const rowAxis = sharedRowAxis(piece.local);
  const rows = rowAxis === null ? 1 : sizes.get(rowAxis)!;
  const perRequest = rowAxis === null ? rows : piece.server.batch;
  const starts = Array.from({ length: Math.ceil(rows / perRequest) }, (_, at) => at * perRequest);
  const answers: TensorValues[] = [];
  const atOnce = Math.max(
    1,
    Math.min(piece.server.requests, Math.floor(largestInFlight / bytesOf(piece, sizes, rowAxis))),
  );
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < starts.length && !failed) {
      const at = next;
      next += 1;
      const [start, end] = [starts[at]!, Math.min(rows, starts[at]! + perRequest)];
      const part = rowAxis === null ? feeds : rowsOf(feeds, start, end);
      const own = rowAxis === null ? sizes : new Map(sizes).set(rowAxis, end - start);
      try {
        answers[at] = await persistently((signal) => ask(piece, part, own, signal));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await settled(Array.from({ length: Math.min(atOnce, starts.length) }, worker));
  return Object.fromEntries(piece.local.outputs.map(({ name }) => [name, joined(answers.map((one) => one[name]!))]));
}

/** Waits for all, so that nothing is under way any more when one of them fails. */
async function settled(workers: readonly Promise<void>[]): Promise<void> {
  const failure = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
}

/** One request, whose answer is what it must be. */
async function ask(
  piece: RemotePiece,
  feeds: TensorValues,
  sizes: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<TensorValues> {
  const { host, model, transport, local } = piece;
  const inputs = local.inputs.map(({ name }) => toWire(name, feeds[name]!, piece.inputs.get(name)!));
  const wanted = local.outputs.map(({ name, shape }) => {
    const size = shape.map((one) => (typeof one === 'number' ? one : sizes.get(one)!));
    const datatype = piece.outputs.get(name)!;
    return { name, shape: size, datatype, byteLength: product(size) * bytesPerNumber[datatype] };
  });
  const largest = wanted.reduce((sum, { byteLength }) => sum + byteLength, wordsBytes);
  // Numbers written as text take more room.
  const names = wanted.map(({ name }) => name);
  const answer = await transport.infer(model, inputs, names, largest * 8, signal).catch(async (error: unknown) => {
    // A server that begins anew refuses requests until it has its models.
    const isRefused = error instanceof Failure && error.code === 'bad-input';
    if (isRefused && !(await transport.ready(model, signal).catch(() => true)))
      throw away(host, say('"{{model}}" is not ready', { model }));
    throw error;
  });
  const values = wanted.map(({ name, shape, datatype, byteLength }): readonly [string, TensorValue] => {
    const found = answer.find((one) => one.name === name);
    if (found === undefined) throw unusable(host, say('it left "{{name}}" out of its answer', { name }));
    if (found.datatype !== datatype)
      throw unusable(host, say('it answers in {{datatype}}', { datatype: quotedWords(found.datatype) }));
    if (found.shape.join() !== shape.join())
      throw unusable(
        host,
        say('its "{{name}}" is [{{shape}}] and not [{{asked}}]', {
          name,
          shape: found.shape.slice(0, 8).join(', '),
          asked: shape.join(', '),
        }),
      );
    if (found.bytes.byteLength !== byteLength)
      throw unusable(
        host,
        say('its "{{name}}" has {{bytes}} bytes and not {{asked}}', {
          name,
          bytes: found.bytes.byteLength,
          asked: byteLength,
        }),
      );
    const value = fromWire(found);
    if (value.type === 'float32' && !value.data.every(Number.isFinite))
      throw unusable(host, say('its "{{name}}" holds values that are not numbers', { name }));
    return [name, value];
  });
  return Object.fromEntries(values);
}

/** Does something again after a while where the server may have come back; at last it is away. */
async function persistently<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const signal = givenUp();
  const startMs = performance.now();
  for (let tries = 0; ; tries += 1) {
    try {
      return await work(signal);
    } catch (error) {
      signal.throwIfAborted();
      const wait = backoffMs[tries];
      if (!(error instanceof Failure) || error.code !== 'server-away' || wait === undefined) throw error;
      // One that takes a request and gives no answer was waited for long enough to be called away.
      if (performance.now() - startMs > requestMs / 2) throw error;
      // Not all who lost it come back at the same moment.
      await setTimeout(wait * (0.75 + 0.5 * Math.random()), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/** The named sizes of what is fed. */
function sizesOf(inputs: readonly PortInfo[], feeds: TensorValues): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { name, shape } of inputs)
    shape.forEach((size, axis) => typeof size === 'string' && sizes.set(size, feeds[name]!.shape[axis]!));
  return sizes;
}

/** The name of the first axis where all inputs and outputs share it, so that rows may go in several requests. */
function sharedRowAxis({ inputs, outputs }: LocalPorts): string | null {
  const [first] = inputs[0]!.shape;
  return typeof first === 'string' && [...inputs, ...outputs].every(({ shape }) => shape[0] === first) ? first : null;
}

/** Bytes of one request and its answer. */
function bytesOf(
  { local, server, inputs, outputs }: RemotePiece,
  sizes: ReadonlyMap<string, number>,
  rowAxis: string | null,
): number {
  const own = rowAxis === null ? sizes : new Map(sizes).set(rowAxis, Math.min(server.batch, sizes.get(rowAxis)!));
  return [...local.inputs, ...local.outputs].reduce((sum, { name, shape }) => {
    const size = shape.map((one) => (typeof one === 'number' ? one : own.get(one)!));
    return sum + product(size) * bytesPerNumber[inputs.get(name) ?? outputs.get(name)!];
  }, 1);
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

const rowsOf = (feeds: TensorValues, start: number, end: number): TensorValues =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, { type, data, shape }]) => {
      const length = data.length / shape[0]!;
      const part = { type, data: data.subarray(start * length, end * length), shape: [end - start, ...shape.slice(1)] };
      return [name, part as TensorValue];
    }),
  );

function joined(parts: readonly TensorValue[]): TensorValue {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const all = new Float32Array(parts.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of parts) {
    all.set(data as Float32Array, at);
    at += data.length;
  }
  const rows = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return { type: 'float32', data: all, shape: [rows, ...first!.shape.slice(1)] };
}
