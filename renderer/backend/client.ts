import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { addresses, type BackendClient } from '#preload/contract/contract.ts';
import { keepTrying } from './keep-trying.ts';
import { proofHeaders } from './page-proof.ts';
import { withRealIds } from './provisional-ids.ts';
import { countSaving } from './saving.ts';

/**
 * The backend as typed calls: `backend.segments.list({ videoId })`. Rejects with an `ORPCError` that carries a failure
 * code of the domain, or with a network error; `failureOf` makes one value of either.
 */
export const backend: BackendClient = createORPCClient(
  new RPCLink({
    headers: proofHeaders,
    url: () => new URL(addresses.rpc, globalThis.location.href).href,
    // Looked up at each call, so that a test can answer in the backend's place.
    fetch: (request, init) => globalThis.fetch(request, init),
    interceptors: [
      ({ path, next, input, ...options }) =>
        countSaving(path, async () => {
          const named = await withRealIds(input);
          return keepTrying(path, async () => next({ ...options, path, input: named }));
        }),
    ],
  }),
);

/** Query and mutation options of every call: `useQuery(api.videos.list.queryOptions())`. */
export const api = createTanstackQueryUtils(backend);

/**
 * Holds what the backend last said. Nothing goes stale by time: only the changes stream (`changes.ts`) invalidates, and
 * mutations never write here.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
