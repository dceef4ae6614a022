import { equalSecrets } from './access.ts';
import type { RequestSource } from './request-source.ts';

/**
 * Who may reach a studio that a lab's own sign-in stands before. It listens on loopback, as ever, and believes one reverse
 * proxy: the one that knows the secret of its configuration. Any program of this machine can connect to the port, so what a
 * request says of itself counts for nothing without that secret; with it, the header that names the person does. Browsers
 * are held to the public address all the same: a request must come from its origin, so that no other site of the lab can
 * act in a person's name. What is absent is refused like what is wrong.
 */
export interface TeamCaller extends RequestSource {
  /** The `Sec-Fetch-Mode` and `-Dest` headers: what the browser asks for. Pages cannot set them. */
  readonly fetchMode: string | null;
  readonly fetchDest: string | null;
  /** What the proxy says in the header `secretHeader`. */
  readonly secret: string | null;
  /** What the proxy says in the header that names the person. */
  readonly person: string | null;
}

/** The configuration, as it was read and checked. */
export interface TeamTrust {
  /** The public address, with a path that ends in a slash. */
  readonly address: URL;
  /** In lower case. */
  readonly personHeader: string;
  /** What the proxy and the studio alone know. */
  readonly secret: string;
  /** Names of those who may use what is the machine's, as whoever runs the studio may. */
  readonly owners: readonly string[];
}

/** The header in which the proxy shows that it is the one that is trusted. */
export const secretHeader = 'x-cuepoint-proxy-secret';

export type TeamRefusal =
  | 'no secret of the proxy'
  | 'a wrong secret of the proxy'
  | 'no name of a person'
  | 'a name that no person has'
  | 'another host'
  | 'another path'
  | 'another origin'
  | 'no origin'
  | 'another site'
  | 'no word of the site it comes from';

export type TeamDecision =
  { readonly kind: 'enter'; readonly person: string } | { readonly kind: 'refuse'; readonly because: TeamRefusal };

const refuse = (because: TeamRefusal): TeamDecision => ({ kind: 'refuse', because });

/** Decides on one request; pure. */
export function decideTeamAccess(caller: TeamCaller, { address, secret }: TeamTrust): TeamDecision {
  if (!equalSecrets(caller.secret, secret))
    return refuse(caller.secret === null ? 'no secret of the proxy' : 'a wrong secret of the proxy');
  if (caller.person === null || caller.person === '') return refuse('no name of a person');
  const person = personNamed(caller.person);
  if (person === null) return refuse('a name that no person has');

  if (caller.host !== address.host) return refuse('another host');
  if (!caller.path.startsWith(address.pathname)) return refuse('another path');
  const reads = caller.method === 'GET' || caller.method === 'HEAD';
  if (caller.origin !== null && caller.origin !== address.origin) return refuse('another origin');
  if (!reads && caller.origin === null) return refuse('no origin');

  if (caller.fetchSite === null) return refuse('no word of the site it comes from');
  // The page itself may be come to from anywhere: from the sign-in, from a link in a mail. It does nothing by being opened.
  const opensPage =
    caller.method === 'GET' &&
    caller.path === address.pathname &&
    caller.fetchMode === 'navigate' &&
    caller.fetchDest === 'document';
  const ours = caller.fetchSite === 'same-origin' || (reads && caller.fetchSite === 'none') || opensPage;
  return ours ? { kind: 'enter', person } : refuse('another site');
}

/**
 * The name as it signs edits; null for what is none. Headers carry bytes: where they are UTF-8 they are read as that. A
 * comma is what several headers of one name become: two people at once, one of them perhaps made up, are nobody.
 */
function personNamed(header: string): string | null {
  const bytes = Buffer.from(header, 'latin1');
  const text = bytes.toString('utf8');
  const name = (text.includes('\uFFFD') ? header : text).trim();
  return name === '' || name.length > 200 || /[,\p{Cc}\p{Cf}]/u.test(name) ? null : name;
}
