import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying, type Told } from '#preload/domain/saying.ts';
import type { RemoteServer } from '#preload/domain/inference-server.ts';
import type { WireTensor } from './wire-tensor.ts';

/** What a server says that one of its models takes and gives; -1 stands for any size. */
export interface ServedPort {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

export interface ServedMetadata {
  readonly inputs: readonly ServedPort[];
  readonly outputs: readonly ServedPort[];
}

/**
 * One way to speak the Open Inference Protocol. Fails with `server-away`, or `bad-input` for what will not change. A
 * request that is under way when `signal` aborts is cut, and fails with its reason.
 */
export interface Transport extends Disposable {
  /** Whether the server and this model are ready. */
  ready(model: string, signal: AbortSignal): Promise<boolean>;
  metadata(model: string, signal: AbortSignal): Promise<ServedMetadata>;
  /** @param largestAnswer bytes beyond which an answer is not read. */
  infer(
    model: string,
    inputs: readonly WireTensor[],
    outputs: readonly string[],
    largestAnswer: number,
    signal: AbortSignal,
  ): Promise<WireTensor[]>;
}

/** How long one request may take, milliseconds. */
export const requestMs = 60_000;
/** Room for all that is no tensor, in bytes. */
export const wordsBytes = 1 << 16;

/** The server does not answer now, and may later. */
export const away = (host: string, reason: Told, cause?: unknown): Failure =>
  new Failure(
    'server-away',
    say('The inference server {{host}} is away: {{reason}}.', { host, reason }),
    { host, reason },
    { cause },
  );

/** Why a connection failed, by what the system calls it, in few words. */
export const wordsOfConnection = (text: string): Saying | undefined =>
  connectionWords.find(([said]) => said.test(text))?.[1];

/** Why a server's certificate is not taken, by OpenSSL's words or codes; undefined where it was something else. */
export const wordsOfCertificate = (text: string, { authority }: RemoteServer): Saying | undefined => {
  if (/SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|self[- ]signed certificate|unable to (?:verify|get)/.test(text))
    return authority === ''
      ? say(
          'its certificate is signed by an authority that this machine does not know; give that authority’s certificate, a PEM file, in the server’s settings (--ca-file on the command line)',
        )
      : say('its certificate is not signed by the authority whose certificate was given for it');
  return certificateWords.find(([said]) => said.test(text))?.[1];
};

const certificateWords: readonly (readonly [RegExp, Saying])[] = [
  [/ALTNAME|altnames/, say('its certificate is for another name than the one in its address')],
  [/CERT_HAS_EXPIRED|has expired/, say('its certificate has expired')],
  [/CERT_NOT_YET_VALID|not yet valid/, say('its certificate is not valid yet: one of the two clocks is wrong')],
  [
    /ERR_SSL|EPROTO|wrong version number|packet length too long/,
    say('nobody speaks TLS at its address: begin it without the s, or name the port that does'),
  ],
];

const connectionWords: readonly (readonly [RegExp, Saying])[] = [
  [/ECONNREFUSED/, say('nothing listens at its address')],
  [/ENOTFOUND|Name resolution failed/, say('no machine has that name')],
  [/ECONNRESET/, say('the connection was cut')],
];

/** The server answers what nobody can use. */
export const unusable = (host: string, reason: Told): Failure =>
  new Failure(
    'bad-input',
    say('The inference server {{host}} cannot be used: {{reason}}. Mend it, or choose another execution provider.', {
      host,
      reason,
    }),
    { host, reason: say('{{host}}: {{reason}}', { host, reason }) },
  );

/** The server answers more than it was asked for. */
export const tooLong = (host: string): Failure =>
  unusable(host, say('its answer is longer than what was asked for can be'));

/** A stranger's words, short and on one line. */
export const quotedWords = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .slice(0, 200)
    .trim();
