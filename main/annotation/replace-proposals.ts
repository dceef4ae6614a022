import type { Edit, RowChange } from '#preload/domain/edit.ts';
import type { ClipScorer, Segment } from '#preload/domain/segment.ts';
import { temporalIoU } from '#preload/domain/span.ts';
import type { Span } from '#preload/domain/span.ts';
import { say } from '#preload/domain/saying.ts';
import { matchSpans } from '../agreement/match-spans.ts';
import { editOf, sameRow } from './edit-value.ts';

/** What a model says of one action, before it is a row. */
export interface Proposal extends Span {
  readonly classId: number;
  readonly score: number;
  readonly ranking: readonly { readonly classId: number; readonly probability: number }[];
}

/** From this tIoU on, a proposal of the same class says what a person has decided already. */
const sameActionTiou = 0.5;

/** A proposal swallows what a person accepted of its class where so much of that lies in it. */
const swallowedShare = 0.9;

/** A tenth of a percent: less than any list shows. A row whose probabilities all moved by less stays as it is. */
export const leastMove = 1e-3;

/**
 * A model run on one video: what it proposes takes the place of earlier proposals that nobody has touched, and of
 * nothing else. A proposal is left out where a person has decided or drawn the same action (same class, or the class
 * from which they relabelled it, at tIoU 0.5 or more), accepted and rejected alike, and where it only runs over accepted
 * segments of its class and what lies around them. One that was there already, with the
 * same class at tIoU 0.5 or more, keeps its identifier: what a person has before them only moves its edges, and stays also
 * where it is not proposed again. Where it says the same but for less than `leastMove` in its score and ranking, the row
 * stays as it is: one more correction stirs every score of an hour and changes few, and what stays is neither written nor
 * told. What is stored is held against each run anew, so that such differences never add up.
 * Silent: undo leaves model runs alone.
 */
export function replaceProposals(
  videoId: number,
  proposals: readonly Proposal[],
  {
    current,
    model,
    version,
    scorer = null,
    selected = new Set(),
    firstNewId,
    videoName,
  }: {
    readonly current: readonly Segment[];
    readonly model: string;
    readonly version: string;
    /** Left out, or null, where frame features alone score. */
    readonly scorer?: ClipScorer | null;
    /** Proposals that somebody is about to decide. */
    readonly selected?: ReadonlySet<number>;
    readonly firstNewId: number;
    readonly videoName: string;
  },
): Edit {
  const replaceable = current.filter(isUntouchedProposal);
  const kept = current.filter((segment) => !isUntouchedProposal(segment));
  const fresh = proposals.filter(
    (proposal) => !kept.some((segment) => isSameAction(segment, proposal) || isSwallowed(segment, proposal)),
  );

  const pairs = matchSpans(fresh, replaceable, sameActionTiou);
  const beforeOf = new Map(pairs.map(({ a, b }) => [a, replaceable[b]!]));
  let nextId = firstNewId;
  const source: Segment['source'] = { kind: 'model', model, version, ...(scorer && { scorer }) };
  const changes = fresh.map((proposal, index): RowChange<Segment> => {
    const before = beforeOf.get(index) ?? null;
    if (before !== null && hardlyMoves(before, proposal) && sameRow(before.source, source))
      return { before, after: before };
    const after: Segment = {
      id: before?.id ?? nextId,
      videoId,
      classId: proposal.classId,
      startUs: proposal.startUs,
      endUs: proposal.endUs,
      state: 'proposed',
      score: proposal.score,
      source,
      touched: false,
      ranking: proposal.ranking.map(({ classId, probability }, rank) => ({
        classId,
        probability,
        ...(rank > 0 && classId === proposal.classId && { isProposed: true as const }),
      })),
      note: '',
    };
    if (before === null) nextId += 1;
    return { before, after };
  });
  const matched = new Set(changes.map((change) => change.before?.id));
  const gone = replaceable.filter(({ id }) => !matched.has(id) && !selected.has(id));
  return editOf(say('Proposals by {{model}} in {{videoName}}', { model, videoName }), 'model', 'silent', {
    segments: [...gone.map((before) => ({ before, after: null })), ...changes],
  });
}

/** Whether a run says of a proposal what its row says already. */
function hardlyMoves(row: Segment, { startUs, endUs, score, ranking }: Proposal): boolean {
  const isClose = (before: number, now: number): boolean => Math.abs(before - now) < leastMove;
  return (
    row.startUs === startUs &&
    row.endUs === endUs &&
    row.score !== null &&
    isClose(row.score, score) &&
    row.ranking.length === ranking.length &&
    row.ranking.every(({ classId, probability }, place) => {
      const now = ranking[place]!;
      return now.classId === classId && isClose(probability, now.probability);
    })
  );
}

/** A model's proposal that no person has decided or changed: the only rows that a model run may replace. */
export const isUntouchedProposal = (segment: Segment): boolean =>
  segment.state === 'proposed' && !segment.touched && !segment.locked && segment.source.kind === 'model';

/** Whether a proposal says what a person has decided of already, as told at `replaceProposals`. */
export function isSameAction(decided: Segment, proposal: Span & { readonly classId: number }): boolean {
  const { ranking } = decided;
  const proposedAs = ranking.find(({ isProposed }) => isProposed) ?? ranking[0];
  const isSameClass = decided.classId === proposal.classId || proposedAs?.classId === proposal.classId;
  return isSameClass && temporalIoU(decided, proposal) >= sameActionTiou;
}

function isSwallowed(decided: Segment, proposal: Span & { readonly classId: number }): boolean {
  if (decided.state !== 'accepted' || decided.classId !== proposal.classId) return false;
  const within = Math.min(decided.endUs, proposal.endUs) - Math.max(decided.startUs, proposal.startUs);
  return within >= swallowedShare * (decided.endUs - decided.startUs);
}
