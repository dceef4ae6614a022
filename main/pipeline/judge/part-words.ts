import type { BesideLive } from './beside-live.ts';
import type { Comparison } from './comparison.ts';
import type { PartsJudgement } from './judge-parts.ts';

/** `81.8`: a share as points of mAP. */
const points = (share: number): string => (100 * share).toFixed(1);
const signed = (share: number): string => `${share < 0 ? '−' : '+'}${points(Math.abs(share))}`;

/** `84.1 with, 81.9 without (+2.2 ± 1.0)`. */
export function figures({ before, after, difference }: Comparison): string {
  return `${points(after)} with, ${points(before)} without (${signed(difference.mean)} ± ${points((difference.high - difference.low) / 2)})`;
}

const videosOf = ({ videos }: Comparison): string => `${videos} held-back videos`;

/** What a part brought, in one sentence. Figures are mAP@0.3:0.7 in points; ± holds 9 times out of 10. */
export function partSentence(part: string, comparison: Comparison | null, untested: string): string {
  if (comparison === null || comparison.verdict === 'untested') return untested;
  const numbers = `${figures(comparison)}, mAP of ${videosOf(comparison)}`;
  switch (comparison.verdict) {
    case 'better':
      return `${part} help: ${numbers}.`;
    case 'worse':
      return `${part} do harm here: ${numbers}.`;
    default:
      return `${part} change nothing beyond noise here: ${numbers}.`;
  }
}

/** Why a part was not tried where nothing is left that it could find. */
export const allFoundSentence = (part: string, videos: number): string =>
  `${part} are not tried: without them all that is marked in ${videos} held-back videos is found, and ranked above anything wrong.`;

/** What becomes of names that have no examples. */
function otherNames({ namesWithoutShots, use }: PartsJudgement): string {
  if (use.prompts === 'none' && namesWithoutShots === null) return '';
  if (namesWithoutShots === null || namesWithoutShots.verdict === 'untested')
    return ' Names without examples keep their words alone: there are too few classes to try it.';
  const { verdict, difference } = namesWithoutShots;
  const amount = points(Math.abs(difference.mean));
  const reach = points((difference.high - difference.low) / 2);
  if (verdict === 'better')
    return ` Names without examples would gain ${amount} ± ${reach}${use.prompts === 'all' ? ', so they take them too' : ''}.`;
  return verdict === 'worse'
    ? ` Names without examples would lose ${amount} ± ${reach}, so they keep their words alone.`
    : ` For names without examples they change nothing beyond noise (${signed(difference.mean)} ± ${reach}), so those keep their words alone.`;
}

/** Why the prompts, and the temporal module with them, are used or not. */
export function promptSentence(judgement: PartsJudgement, isOne: boolean): string {
  const what = isOne ? 'Prompts and their temporal module' : 'Prompts';
  const tooFew =
    'There are too few corrected videos to hold some back and compare: correct a segment in a second video.';
  const sentence = partSentence(what, judgement.prompts, tooFew) + otherNames(judgement);
  const { temporal, besideLive } = judgement;
  const said = temporal === null ? sentence : `${sentence} ${partSentence('Frames in their order', temporal, '')}`;
  return said.trim() + betterStill('The version in use is', besideLive);
}

/** Why what is in use stays although something passed; empty where it does not. */
const betterStill = (whatIs: string, beside: BesideLive | null): string =>
  beside?.liveStays === true
    ? ` ${whatIs} better still: ${points(beside.before)} against ${points(beside.after)}.`
    : '';

/** What a boundary head brought on held-back videos, or why it was not tried, as one sentence. */
export const boundarySentence = ({ boundaries, besideLiveBoundaries }: PartsJudgement): string =>
  partSentence('Learned edges', boundaries, 'Learned edges are not tried: there are too few corrected videos.') +
  betterStill('Those in use are', besideLiveBoundaries);
