import type { Span } from './span.ts';

/**
 * The times that spans cover, kept in order and without overlap; spans that touch become one. What lies beside a stretch
 * is not gone through to ask of it.
 */
export class CoveredTime {
  readonly #spans: Span[] = [];

  constructor(spans: readonly Span[] = []) {
    // In order, each comes to stand at the end.
    for (const span of spans.toSorted((a, b) => a.startUs - b.startUs)) this.add(span);
  }

  /** In order. */
  get spans(): readonly Span[] {
    return this.#spans;
  }

  add({ startUs, endUs }: Span): void {
    const from = this.#firstEndingFrom(startUs);
    let to = from;
    while (to < this.#spans.length && this.#spans[to]!.startUs <= endUs) to += 1;
    const joined =
      from === to
        ? { startUs, endUs }
        : {
            startUs: Math.min(startUs, this.#spans[from]!.startUs),
            endUs: Math.max(endUs, this.#spans[to - 1]!.endUs),
          };
    this.#spans.splice(from, to - from, joined);
  }

  /** What of `whole` is not covered, in order. */
  gapsIn(whole: Span): Span[] {
    const gaps: Span[] = [];
    let { startUs } = whole;
    for (let at = this.#firstEndingFrom(startUs); startUs < whole.endUs; at += 1) {
      const next = this.#spans[at] ?? { startUs: whole.endUs, endUs: whole.endUs };
      if (next.startUs > startUs) gaps.push({ startUs, endUs: Math.min(next.startUs, whole.endUs) });
      startUs = Math.max(startUs, next.endUs);
    }
    return gaps;
  }

  /** Where the first span stands that ends at a time or later. */
  #firstEndingFrom(us: number): number {
    let [from, to] = [0, this.#spans.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#spans[middle]!.endUs < us) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
