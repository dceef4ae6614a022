import { ORPCError, type AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fetch';
import { afterEach } from 'vitest';
import { addresses } from '#preload/contract/contract.ts';
import { packSegment } from '#preload/domain/packed-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { FailureCode } from '#preload/domain/failure.ts';
import { queries } from '../backend/client.ts';

const network = globalThis.fetch;

/**
 * A backend that lasts as long as the test: what `router` names is answered over the contract's own wire form, every
 * other call is not found, and there are no pictures. The page's own client asks it and remembers nothing before it.
 */
export function answerWith(router: AnyRouter): void {
  const handler = new RPCHandler(router);
  queries.clear();
  const rpc = new URL(addresses.rpc, globalThis.location.href);
  /** Lists of segments travel in a form of their own; a test answers them as any other call. */
  const packedList = async (videoId: number): Promise<Response> => {
    const list = new Request(new URL(`${addresses.rpc}/segments/list`, globalThis.location.href), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: { videoId } }),
    });
    const { response } = await handler.handle(list, { prefix: rpc.pathname as `/${string}`, context: {} });
    const answer = (await response?.json()) as { readonly json: unknown } | undefined;
    const isList = response?.ok === true && Array.isArray(answer?.json);
    return Response.json(isList ? (answer.json as Segment[]).map(packSegment) : answer?.json, {
      status: response?.status ?? 404,
    });
  };
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const ofVideo = /\/segments\/(\d+)$/.exec(new URL(request.url).pathname)?.[1];
    if (ofVideo !== undefined) return packedList(Number(ofVideo));
    if (!request.url.startsWith(rpc.href)) return network(request);
    const { response } = await handler.handle(request, { prefix: rpc.pathname as `/${string}`, context: {} });
    return response ?? new Response(null, { status: 404 });
  };
}

afterEach(() => {
  globalThis.fetch = network;
});

/** A refusal as the backend's border sends it. */
export const refusal = (code: FailureCode, message: string): ORPCError<FailureCode, unknown> =>
  new ORPCError(code, { message, status: 422 });
