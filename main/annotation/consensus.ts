import { startsIn } from '../agreement/common-parts.ts';
import { matchSpans } from '../agreement/match-spans.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { secondsOf, temporalIoU, type Span } from '#preload/domain/span.ts';

/** What one annotator accepts in a video. */
export interface Opinion {
  readonly name: string;
  readonly segments: readonly Omit<Segment, 'id'>[];
  /** What the annotator was asked for of the video; null: all of it. */
  readonly parts: readonly Span[] | null;
}

interface Voice {
  readonly name: string;
  readonly segment: Omit<Segment, 'id'>;
}

/**
 * What several annotators make of one video together. Segments that are the same action (one class, matched one to one at a
 * tIoU of 0.5 or more) are one: accepted, with the middle of their edges, where everybody who was asked has it and any two
 * agree to `tIoU`; else a proposal that waits for a person, with a note of who says what. Only what one alone was asked for
 * is left out: there is nobody to settle it with. The order of the annotators only decides between equal overlaps.
 */
export function consensusOf(
  opinions: readonly Opinion[],
  tIoU: number,
  frames: FrameTable,
  firstId: number,
): { readonly segments: Segment[]; readonly agreed: number } {
  const actions: Voice[][] = [];
  for (const { name, segments } of opinions) {
    const known = actions.map((voices) => voices[0]!.segment);
    const pairs = new Map(matchSpans(known, segments, 0.5).map((pair) => [pair.b, pair.a]));
    for (const [index, segment] of segments.entries()) {
      const at = pairs.get(index);
      if (at === undefined) actions.push([{ name, segment }]);
      else actions[at]!.push({ name, segment });
    }
  }
  const asked = (voices: readonly Voice[]): Opinion[] =>
    opinions.filter(
      ({ name, parts }) =>
        voices.some((voice) => voice.name === name) || voices.some(({ segment }) => startsIn(segment, parts)),
    );
  const shared = actions
    .map((voices) => ({ voices, asked: asked(voices) }))
    .filter((action) => action.asked.length > 1);
  const segments = shared.map(({ voices, asked: others }, index): Segment => {
    const isAgreed = voices.length === others.length && agree(voices, tIoU);
    const span = frames.snapSpan({
      startUs: middle(voices.map(({ segment }) => segment.startUs)),
      endUs: middle(voices.map(({ segment }) => segment.endUs)),
    });
    return {
      id: firstId + index,
      videoId: voices[0]!.segment.videoId,
      classId: voices[0]!.segment.classId,
      ...span,
      state: isAgreed ? 'accepted' : 'proposed',
      score: null,
      source: { kind: 'import', format: 'layers' },
      touched: true,
      ranking: [],
      note: noteOf(voices, others).slice(0, 4000),
    };
  });
  return { segments, agreed: segments.filter(({ state }) => state === 'accepted').length };
}

const agree = (voices: readonly Voice[], tIoU: number): boolean =>
  voices.every((one, index) =>
    voices.slice(index + 1).every((other) => temporalIoU(one.segment, other.segment) >= tIoU),
  );

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Math.round((sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2);
}

const noteOf = (voices: readonly Voice[], opinions: readonly Opinion[]): string =>
  [
    ...voices.map(
      ({ name, segment }) =>
        `${name}: ${secondsOf(segment.startUs)} s to ${secondsOf(segment.endUs)} s${segment.note === '' ? '' : ` (${segment.note})`}`,
    ),
    ...opinions
      .filter(({ name }) => !voices.some((voice) => voice.name === name))
      .map(({ name }) => `${name}: nothing`),
  ].join('; ');
