import { refusalPage, type Handle } from './door.ts';
import { sourceOf } from './request-source.ts';
import type { SignedIn } from './handle.ts';
import { decideTeamAccess, secretHeader, type TeamTrust } from './team-access.ts';

/** Puts `decideTeamAccess` before a handler: strangers are answered with 403. */
export function createTeamDoor(
  trust: TeamTrust,
  handle: (request: Request, signedIn: SignedIn, gone?: AbortSignal) => Promise<Response>,
): Handle {
  return async (request, gone) => {
    const url = new URL(request.url);
    const { headers } = request;
    const decision = decideTeamAccess(
      {
        ...sourceOf(request),
        fetchMode: headers.get('sec-fetch-mode'),
        fetchDest: headers.get('sec-fetch-dest'),
        secret: headers.get(secretHeader),
        person: headers.get(trust.personHeader),
      },
      trust,
    );
    if (decision.kind === 'refuse')
      return refusalPage(
        `Refused: the request came with ${decision.because}.\nThis studio is reached at ${trust.address.href}, through the sign-in that stands before it.\n`,
      );
    url.pathname = url.pathname.slice(trust.address.pathname.length - 1);
    const inside = new Request(url, request);
    // What the proxy proves itself with goes no further.
    inside.headers.delete(secretHeader);
    return handle(inside, { name: decision.person, isOwner: trust.owners.includes(decision.person) }, gone);
  };
}
