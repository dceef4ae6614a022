import { z } from 'zod';
import type { LocalProvider } from './model.ts';

/** `http(s)://` speaks the protocol's HTTP form, `grpc(s)://` its gRPC form; the s is TLS. */
const address = z
  .string()
  .trim()
  .max(2000)
  .regex(
    /^(https?|grpcs?):\/\/[^\s/?#@\\]+(\/[^\s?#@\\]*)?$/,
    'an address begins with http://, https://, grpc:// or grpcs:// and names a machine, without a user or a password',
  );

/** The name under which a server has a model, as addresses, files and folders all hold it. */
export const servedModel = z
  .string()
  .max(200, 'a name of at most 200 characters')
  .regex(/^[\w.-]+$/, 'a name of letters, digits, "-", "_" and "."');

/** A server of the Open Inference Protocol (KServe v2) that computes a model's pieces. */
export const inferenceServer = z.object({
  address,
  /** Its pieces are `<model>-frames`, `-texts`, `-clips`, `-names` and `-scores`. */
  model: servedModel,
  /** Empty: the one that the server chooses. */
  version: z
    .string()
    .max(50)
    .regex(/^[\w.-]*$/)
    .default(''),
  /** PEM of the authority that signed its TLS certificate; empty: one that this machine knows. */
  authority: z
    .string()
    .max(2 ** 17, 'a certificate of at most 128 KiB')
    .default(''),
  /** Rows of a request, and how many requests are under way at once. */
  batch: z.int().min(1).max(256).default(16),
  requests: z.int().min(1).max(32).default(2),
  /** Whether this machine computes while the server is away. Otherwise work waits for it. */
  goOnLocally: z.boolean().default(false),
});
export type InferenceServer = z.infer<typeof inferenceServer>;

/** A server as whoever computes reaches it; the token is a secret. */
export interface RemoteServer extends InferenceServer {
  readonly token: string | null;
}

/** What a person may ask for: a choice by trial, a provider of this machine, or a server. */
export type Computing = 'auto' | LocalProvider | RemoteServer;

/** Its name, as reports and settings tell it. */
export const computingName = (computing: Computing): 'auto' | LocalProvider | 'remote' =>
  typeof computing === 'object' ? 'remote' : computing;

/** What computes where a server cannot, or is away: a choice by trial on this machine. */
export const computingHere = (computing: Computing): 'auto' | LocalProvider =>
  typeof computing === 'object' ? 'auto' : computing;
