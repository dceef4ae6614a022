import { protocol } from 'electron';
import type { Handle } from '#main/http/door.ts';

const scheme = 'studio';

/** The one page of the app. */
export const studioAddress = `${scheme}://app/`;

/** Whether an address is the studio's own; everything else is a stranger. */
export const isOurs = (address: string): boolean => address.startsWith(studioAddress);

/** Lets pages of the scheme fetch, stream media and count as secure. Must come before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers every request of the scheme by the handler that all hosts share. No port is opened. */
export function serveScheme(handle: Handle): void {
  protocol.handle(scheme, async (request) =>
    isOurs(request.url) ? handle(request) : new Response('Only studio://app/ is here.', { status: 403 }),
  );
}
