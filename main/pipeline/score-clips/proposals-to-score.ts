import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Proposal } from '../propose/propose-segments.ts';
import { framesOfSpan, type FrameRange } from './clip-span.ts';

/** How many of a video's proposals are looked at as clips: each costs as much as T frame features. */
const leastClips = 40;
const clipsPerMinute = 12;

export interface ProposalToScore {
  readonly proposal: Proposal;
  readonly range: FrameRange;
}

/** The proposals that are worth a clip: the best by their class-agnostic score, more in a long video. Best first. */
export function proposalsToScore(proposals: readonly Proposal[], table: FrameTable): ProposalToScore[] {
  const minutes = (table.lastEndUs - table.firstStartUs) / 60e6;
  const limit = Math.max(leastClips, Math.ceil(minutes * clipsPerMinute));
  return proposals.slice(0, limit).map((proposal) => ({ proposal, range: framesOfSpan(table, proposal) }));
}
