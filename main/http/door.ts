import { randomBytes } from 'node:crypto';
import { parse, serialize } from 'hono/utils/cookie';
import { proofHeader } from '#preload/contract/contract.ts';
import { decideAccess } from './access.ts';
import { sourceOf } from './request-source.ts';

/** `gone` aborts when whoever asked is gone. */
export type Handle = (request: Request, gone?: AbortSignal) => Promise<Response>;

export interface Door {
  /** Answers strangers with 403 and lets everybody else in. */
  readonly handle: Handle;
  /** A fresh address that lets one browser in, once; the one before it, if unused, no longer does. */
  newLink(): string;
}

const secret = () => randomBytes(32).toString('base64url');

/** Puts `decideAccess` before a handler that is served on `port` of loopback, under a path that this start made up. */
export function createDoor(
  port: number,
  handle: (request: Request, signedIn: undefined, gone?: AbortSignal) => Promise<Response>,
): Door {
  const [session, proof] = [secret(), secret()];
  const base = `/${secret()}/`;
  // Of this start alone: what another one left in the browser is never taken for ours.
  const cookieName = `cuepoint-${randomBytes(8).toString('hex')}`;
  let token: string | null = null;

  return {
    newLink() {
      token = secret();
      return `http://127.0.0.1:${port}${base}?token=${token}`;
    },
    async handle(request, gone) {
      const url = new URL(request.url);
      const { headers } = request;
      const decision = decideAccess(
        {
          ...sourceOf(request),
          token: url.searchParams.get('token'),
          session: parse(headers.get('cookie') ?? '', cookieName)[cookieName] ?? null,
          proof: headers.get(proofHeader),
        },
        { port, base, token, session, proof },
      );
      if (decision.kind === 'refuse') {
        return refusalPage(
          `Refused: the request came with ${decision.because}.\nOpen the link that Cuepoint printed where it was started; each link works once. Press Enter there for a fresh one.\n`,
        );
      }
      if (decision.kind === 'exchange') {
        token = null;
        return welcome(serialize(cookieName, session, { path: base, httpOnly: true, sameSite: 'Strict' }), proof);
      }
      url.pathname = url.pathname.slice(base.length - 1);
      return handle(new Request(url, request), undefined, gone);
    },
  };
}

const plainHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What a stranger gets, in these words. */
export function refusalPage(words: string): Response {
  return new Response(words, {
    status: 403,
    headers: { ...plainHeaders, 'content-type': 'text/plain; charset=utf-8' },
  });
}

/**
 * Goes on to the studio from a page of ours: a redirect would keep the site that the link was on as its initiator, and
 * the browser would then hold the strict cookie back. The proof goes in the fragment, which no browser ever sends.
 */
function welcome(cookie: string, proof: string): Response {
  const page = `<!doctype html><meta charset="utf-8"><title>Cuepoint</title><meta http-equiv="refresh" content="0;url=./#${proof}">`;
  return new Response(page, {
    headers: { ...plainHeaders, 'content-type': 'text/html; charset=utf-8', 'set-cookie': cookie },
  });
}
