import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { addresses, type BackendClient } from '#preload/contract/contract.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { failInSilence } from './fail-in-silence.ts';
import { keepTrying } from './keep-trying.ts';
import { proofHeaders } from './page-proof.ts';
import { withRealIds } from './provisional-ids.ts';
import { countSaving } from './saving.ts';
import { fetchSegments } from './segment-lists.ts';
import { keepConflict } from './conflicts.ts';
import { rowsOf } from './segment-order.ts';
import { withSeen, type KnownRows } from './seen-rows.ts';
import { windowHeaders } from './this-window.ts';

/**
 * The backend as typed calls: `backend.segments.list({ videoId })`. Rejects with an `ORPCError` that carries a failure
 * code of the domain, or with a network error; `failureOf` makes one value of either.
 */
export const backend: BackendClient = createORPCClient(
  new RPCLink({
    headers: () => ({ ...windowHeaders, ...proofHeaders() }),
    url: () => new URL(addresses.rpc, globalThis.location.href).href,
    // Looked up at each call, so that a test can answer in the backend's place.
    fetch: async (request, init, _, path) => {
      const answer = await globalThis.fetch(request, init);
      return path.join('.') === 'studio.changes' ? failInSilence(answer) : answer;
    },
    interceptors: [
      async ({ path, next, input, ...options }) => {
        if (path.join('.') !== 'segments.list') return next({ ...options, path, input });
        return fetchSegments((input as { readonly videoId: number }).videoId, options.signal);
      },
      ({ path, next, input, ...options }) =>
        countSaving(path, async () => {
          const named = await withRealIds(withSeen(path, input, knownRows));
          return keepConflict(path, named, async () =>
            keepTrying(path, async () => next({ ...options, path, input: named })),
          );
        }),
    ],
  }),
);

/** Sends a call that was refused as a conflict, with what was chosen. */
export async function resendConflict(call: string, input: object): Promise<unknown> {
  const [room, verb] = call.split('.') as [keyof BackendClient, string];
  return (backend[room] as unknown as Readonly<Record<string, (input: object) => Promise<unknown>>>)[verb]!(input);
}

/** Query and mutation options of every call: `useQuery(api.videos.list.queryOptions())`. */
export const api = createTanstackQueryUtils(backend);

/**
 * Holds what the backend last said. Nothing goes stale by time: only `changes.ts` invalidates, as the stream of changes
 * tells, and mutations never write here.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

/** By what is in the lists of answers. A segment that has no id yet is known by nothing. */
const knownRows: KnownRows = {
  segments: knownSegments,
  class: (id) => queries.getQueryData(api.classes.list.queryKey())?.find((each) => each.id === id),
  attribute: (id) => queries.getQueryData(api.attributes.list.queryKey())?.find((each) => each.id === id),
  reviewState: (videoId, classId) => {
    const rows = queries.getQueryData(api.reviews.list.queryKey({ input: { videoId } }));
    return rows && (rows.find((each) => each.classId === classId)?.state ?? 'unseen');
  },
};

/** What is known of segments without waiting: from their videos' lists or from the review queue. */
function knownSegments(segmentIds: readonly number[]): ReadonlyMap<number, Segment> {
  const found = new Map<number, Segment>();
  const lists = queries.getQueriesData<Segment[]>({ queryKey: api.segments.list.key() }).map(([, rows]) => rows);
  const queued = queries
    .getQueriesData<{ segments: Segment[] }>({ queryKey: api.segments.queue.key() })
    .map(([, queue]) => queue?.segments);
  for (const rows of [...lists, ...queued]) {
    const missing = segmentIds.filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    for (const [id, row] of rowsOf(rows ?? [], missing)) found.set(id, row);
  }
  return found;
}

/** One of them; undefined where it is not known. */
export const knownSegment = (segmentId: number): Segment | undefined => knownSegments([segmentId]).get(segmentId);
