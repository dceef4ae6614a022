import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestSource } from './request-source.ts';

/**
 * Who may reach the studio on loopback. Any page in any browser of this machine can send requests to it: from another
 * site (CSRF), through a name of its own that it points at 127.0.0.1 (DNS rebinding), or from another port of the same
 * host, which browsers count as the same site. Other people of the machine can, too. So a caller must name exactly our
 * host, come from exactly our origin, and hold the cookie that a one-time token was exchanged for; what is absent is
 * refused like what is wrong.
 *
 * Browsers send a host's cookies to all of its ports. So ours holds for one path alone, whose name is a secret of this
 * start: a server on another port is never asked for it, and gets no cookie. What changes anything, and every call of
 * the contract, needs the proof as well, a secret that only the page keeps and sends in a header of its own.
 */
export interface Caller extends RequestSource {
  /** What the page sends in the header `proofHeader`. */
  readonly proof: string | null;
  /** The one-time token in the address. */
  readonly token: string | null;
  /** Our cookie. */
  readonly session: string | null;
}

export interface Lock {
  readonly port: number;
  /** The path under which all of this start's addresses lie, with a slash at both ends. */
  readonly base: string;
  /** Null once it was exchanged. */
  readonly token: string | null;
  readonly session: string;
  readonly proof: string;
}

export type Refusal =
  | 'another host'
  | 'another origin'
  | 'no origin'
  | 'another site'
  | 'no word of the site it comes from'
  | 'a wrong or used token'
  | 'no session'
  | 'a wrong session'
  | 'an address of another start'
  | 'no proof of our page'
  | 'a wrong proof of our page';

export type Decision =
  | { readonly kind: 'enter' }
  /** The token is right: give the cookie for it, and never take the token again. */
  | { readonly kind: 'exchange' }
  | { readonly kind: 'refuse'; readonly because: Refusal };

const refuse = (because: Refusal): Decision => ({ kind: 'refuse', because });
const enter: Decision = { kind: 'enter' };

/** Decides on one request; pure. */
export function decideAccess(caller: Caller, lock: Lock): Decision {
  const hosts = [`127.0.0.1:${lock.port}`, `localhost:${lock.port}`];
  if (caller.host === null || !hosts.includes(caller.host)) return refuse('another host');
  if (caller.origin !== null && caller.origin !== `http://${caller.host}`) return refuse('another origin');

  const reads = caller.method === 'GET' || caller.method === 'HEAD';
  if (!reads && caller.origin === null) return refuse('no origin');

  if (!startsWithSecret(caller.path, lock.base)) return refuse('an address of another start');

  const held = equalSecrets(caller.session, lock.session);
  if (caller.token !== null && !held) {
    const right = caller.method === 'GET' && caller.path === lock.base && equalSecrets(caller.token, lock.token);
    return right ? { kind: 'exchange' } : refuse('a wrong or used token');
  }

  if (caller.fetchSite === null) return refuse('no word of the site it comes from');
  // `none`: the person typed the address, reloaded or used a bookmark.
  const ours = caller.fetchSite === 'same-origin' || (reads && caller.fetchSite === 'none');
  if (!ours) return refuse('another site');
  if (!held) return refuse(caller.session === null ? 'no session' : 'a wrong session');
  if (reads || equalSecrets(caller.proof, lock.proof)) return enter;
  return refuse(caller.proof === null ? 'no proof of our page' : 'a wrong proof of our page');
}

const startsWithSecret = (path: string, secret: string): boolean => equalSecrets(path.slice(0, secret.length), secret);

/** Compares in a time that does not tell how much of a guess was right. */
export function equalSecrets(given: string | null, expected: string | null): boolean {
  if (given === null || expected === null) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
