import { covers, type Span } from '#preload/domain/span.ts';

/** What somebody was asked to label of each video; a video that is not named was theirs as a whole. */
export type AskedSpans = ReadonlyMap<number, readonly Span[]>;

/**
 * The stretches into which the parts that were handed out cut each video. A segment belongs to the one in which it starts,
 * so that one over an edge is nobody's twice.
 */
export class WorkCells {
  readonly #edges = new Map<number, number[]>();

  /** @param asked of everybody whose work is brought together */
  constructor(asked: readonly AskedSpans[]) {
    for (const spans of asked)
      for (const [videoId, own] of spans) {
        const edges = this.#edges.get(videoId) ?? [];
        edges.push(...own.flatMap(({ startUs, endUs }) => [startUs, endUs]));
        this.#edges.set(
          videoId,
          [...new Set(edges)].toSorted((a, b) => a - b),
        );
      }
  }

  /** The name of the stretch at a time of a video. */
  at(videoId: number, us: number): string {
    const edges = this.#edges.get(videoId) ?? [];
    const number = edges.findLastIndex((edge) => edge <= us);
    return `${videoId}/${Math.max(0, number)}`;
  }

  /** Those stretches of a video that are wanted; null where it is not cut. */
  spansOf(videoId: number, isWanted: (cell: string) => boolean): Span[] | null {
    const edges = this.#edges.get(videoId);
    if (edges === undefined) return null;
    return edges.flatMap((startUs, number) =>
      isWanted(`${videoId}/${number}`) ? [{ startUs, endUs: edges[number + 1] ?? Number.MAX_SAFE_INTEGER }] : [],
    );
  }

  /** The names of those that somebody was asked for. */
  of(videoId: number, asked: AskedSpans): string[] {
    const edges = this.#edges.get(videoId);
    if (edges === undefined) return [`${videoId}/0`];
    const spans = asked.get(videoId);
    // The last edge is the end of a part; what starts there belongs to nobody who was asked for parts.
    const starts = spans === undefined ? edges : edges.filter((us) => spans.some((span) => covers(span, us)));
    return starts.map((us) => this.at(videoId, us));
  }
}

export const videoOfCell = (cell: string): number => Number(cell.split('/')[0]);
