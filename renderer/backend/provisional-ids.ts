/**
 * Segments that were made a moment ago and have no id yet go by negative numbers, so that they can be selected and
 * edited at once; what is sent of them waits for the number that the backend gives.
 */
const given = new Map<number, Promise<number>>();

let last = 0;

/** A number for a segment that is being made. */
export const provisionalId = (): number => (last -= 1);

/** `id` settles to the number that the backend gives it, or rejects where it makes no such segment. */
export function awaitId(provisional: number, id: Promise<number>): void {
  given.set(provisional, id);
  // Whoever waits for it hears of it; where nobody does, whoever made the segment tells of it.
  id.catch(() => undefined);
}

const realId = async (id: number): Promise<number> => given.get(id) ?? id;

/** The input of a call with real ids wherever it names segments. */
export async function withRealIds(input: unknown): Promise<unknown> {
  if (typeof input !== 'object' || input === null) return input;
  const named = input as {
    readonly segmentId?: number | null;
    readonly segmentIds?: readonly number[];
    readonly moves?: readonly { readonly segmentId: number }[];
  };
  if (typeof named.segmentId === 'number' && named.segmentId < 0)
    return { ...input, segmentId: await realId(named.segmentId) };
  if (named.segmentIds?.some((id) => id < 0) === true)
    return { ...input, segmentIds: await Promise.all(named.segmentIds.map(realId)) };
  if (named.moves?.some(({ segmentId }) => segmentId < 0) === true)
    return {
      ...input,
      moves: await Promise.all(named.moves.map(async (move) => ({ ...move, segmentId: await realId(move.segmentId) }))),
    };
  return input;
}
