import { say } from '#preload/domain/saying.ts';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { RemoteServer } from '#preload/domain/inference-server.ts';
import { calls, service } from './grpc-messages.ts';
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
import type { WireTensor } from './wire-tensor.ts';

/** What may be otherwise the next time. */
const passing: readonly number[] = [
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.ABORTED,
  status.INTERNAL,
  status.UNKNOWN,
  status.CANCELLED,
];

type Call = keyof typeof calls;
type Asked<Name extends Call> = Parameters<(typeof calls)[Name]['request']['encode']>[0];
type Answered<Name extends Call> = ReturnType<(typeof calls)[Name]['response']['decode']>;

/**
 * The protocol's gRPC form, its tensors as raw bytes.
 *
 * @param limitMs how long a call may take.
 */
export function grpcTransport(server: RemoteServer, limitMs = requestMs): Transport {
  const { protocol, host, hostname, port } = new URL(server.address);
  const secure = protocol === 'grpcs:';
  const target = `${hostname}:${port || (secure ? 443 : 8001)}`;
  // An answer may be as long as what was asked for needs, which is looked at below, and the library limits one client.
  const client = new Client(
    target,
    secure ? credentials.createFromSecureContext(trustedAuthorities(server)) : credentials.createInsecure(),
    {
      'grpc.max_receive_message_length': largestMessage,
      'grpc.max_send_message_length': -1,
      // Proxies of the environment are for the web; frames go to the machine that was named.
      'grpc.enable_http_proxy': 0,
      'grpc.service_config_disable_resolution': 1,
      'grpc.initial_reconnect_backoff_ms': 200,
      'grpc.max_reconnect_backoff_ms': 2000,
    },
  );
  const version = server.version;

  const ask = <Name extends Call>(name: Name, message: Asked<Name>, signal: AbortSignal): Promise<Answered<Name>> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const metadata = new Metadata();
      if (server.token !== null) metadata.set('authorization', `Bearer ${server.token}`);
      const { request, response } = calls[name];
      const call = client.makeUnaryRequest<Asked<Name>, Answered<Name> | null>(
        `${service}/${name}`,
        (value) => (request.encode as (value: Asked<Name>) => Buffer)(value),
        (bytes) => readOrNull(() => response.decode(bytes) as Answered<Name>),
        message,
        metadata,
        { deadline: Date.now() + limitMs },
        (error, value) => {
          signal.removeEventListener('abort', cancel);
          if (error === null && value) resolve(value);
          else if (error === null) reject(unusable(host, say('its answer is no message of the protocol')));
          else if (signal.aborted) reject(signal.reason as Error);
          else if (name === 'ModelInfer' && error.code === status.NOT_FOUND)
            reject(away(host, say('it does not have the model now'), error));
          else reject(failureOf(error));
        },
      );
      const cancel = () => call.cancel();
      signal.addEventListener('abort', cancel, { once: true });
    });
  const failureOf = (error: ServiceError) => {
    if (error.code === status.DEADLINE_EXCEEDED)
      return away(host, say('it gave no answer for {{seconds}} s', { seconds: limitMs / 1000 }), error);
    const refused = wordsOfCertificate(error.details, server);
    if (refused !== undefined) return unusable(host, refused);
    const reason = wordsOfConnection(error.details) ?? (quotedWords(error.details) || say('the call failed'));
    if (error.code === status.RESOURCE_EXHAUSTED && /larger|message/i.test(error.details)) return tooLong(host);
    return passing.includes(error.code) ? away(host, reason, error) : unusable(host, reason);
  };

  return {
    async ready(model, signal) {
      const { ready } = await ask('ServerReady', {}, signal);
      return ready && (await ask('ModelReady', { name: model, version }, signal)).ready;
    },
    metadata: (model, signal) => ask('ModelMetadata', { name: model, version }, signal),
    async infer(model, inputs, outputs, largestAnswer, signal) {
      const asked = {
        modelName: model,
        modelVersion: version,
        inputs: inputs.map(({ bytes: _, ...words }) => words),
        outputs: outputs.map((name) => ({ name })),
        rawInputContents: inputs.map(({ bytes }) => bytes),
      };
      const answer = await ask('ModelInfer', asked, signal);
      const raw = answer.rawOutputContents;
      if (raw.reduce((sum, { byteLength }) => sum + byteLength, 0) > largestAnswer) throw tooLong(host);
      if (raw.length > 0 && raw.length !== answer.outputs.length)
        throw unusable(host, say('it announced other tensors than it sent'));
      return answer.outputs.map(({ name, datatype, shape, contents }, at): WireTensor => ({
        name,
        datatype,
        shape,
        bytes: raw[at] ?? new Uint8Array(Float32Array.from(contents?.fp32Contents ?? []).buffer),
      }));
    },
    [Symbol.dispose]: () => client.close(),
  };
}

/** Null for what cannot be read: where reading throws, the library ends the call and tells nobody. */
function readOrNull<Message>(decode: () => Message): Message | null {
  try {
    return decode();
  } catch {
    return null;
  }
}

/** Bytes of the longest message that is read at all: an answer of features is far shorter. */
const largestMessage = 256 * 2 ** 20 + wordsBytes;
