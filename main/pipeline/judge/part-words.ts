import type { BesideLive } from './beside-live.ts';
import type { Comparison } from './comparison.ts';
import type { PartsJudgement } from './judge-parts.ts';
import { say, type FixedNumber, type Saying } from '#preload/domain/saying.ts';

/** `81.8`: a share as points of mAP. */
const points = (share: number): FixedNumber => ({ value: 100 * share, digits: 1 });
/** `+2.2 ± 1.0`. */
const amount = ({ mean, low, high }: Comparison['difference']): Saying =>
  say('{{sign}}{{points}} ± {{reach}}', {
    sign: mean < 0 ? '−' : '+',
    points: points(Math.abs(mean)),
    reach: points((high - low) / 2),
  });

/** `84.1 with, 81.9 without (+2.2 ± 1.0)`. */
export const figures = ({ before, after, difference }: Comparison): Saying =>
  say('{{after}} with, {{before}} without ({{difference}})', {
    after: points(after),
    before: points(before),
    difference: amount(difference),
  });

/** What a part brought, in one sentence. Figures are mAP@0.3:0.7 in points; ± holds 9 times out of 10. */
export function partSentence<Untested>(
  part: Saying,
  comparison: Comparison | null,
  untested: Untested,
): Saying | Untested {
  if (comparison === null || comparison.verdict === 'untested') return untested;
  const values = { part, figures: figures(comparison), videos: comparison.videos };
  switch (comparison.verdict) {
    case 'better':
      return say('{{part}} help: {{figures}}, mAP of {{videos}} held-back videos.', values);
    case 'worse':
      return say('{{part}} do harm here: {{figures}}, mAP of {{videos}} held-back videos.', values);
    default:
      return say('{{part}} change nothing beyond noise here: {{figures}}, mAP of {{videos}} held-back videos.', values);
  }
}

/** Why a part was not tried where nothing is left that it could find. */
export const allFoundSentence = (part: Saying, videos: number): Saying =>
  say(
    '{{part}} are not tried: without them all that is marked in {{videos}} held-back videos is found, and ranked above anything wrong.',
    { part, videos },
  );

/** What becomes of names that have no examples. */
function otherNames({ namesWithoutShots, use }: PartsJudgement): Saying | null {
  if (use.prompts === 'none' && namesWithoutShots === null) return null;
  if (namesWithoutShots === null || namesWithoutShots.verdict === 'untested')
    return say('Names without examples keep their words alone: there are too few classes to try it.');
  const { verdict, difference } = namesWithoutShots;
  const values = {
    amount: points(Math.abs(difference.mean)),
    reach: points((difference.high - difference.low) / 2),
  };
  if (verdict === 'better')
    return use.prompts === 'all'
      ? say('Names without examples would gain {{amount}} ± {{reach}}, so they take them too.', values)
      : say('Names without examples would gain {{amount}} ± {{reach}}.', values);
  return verdict === 'worse'
    ? say('Names without examples would lose {{amount}} ± {{reach}}, so they keep their words alone.', values)
    : say(
        'For names without examples they change nothing beyond noise ({{amount}}), so those keep their words alone.',
        { amount: amount(difference) },
      );
}

/** Why the prompts, and the temporal module with them, are used or not. */
export function promptSentence(judgement: PartsJudgement, isOne: boolean): Saying {
  const { temporal, besideLive } = judgement;
  return sentences([
    partSentence(
      isOne ? say('Prompts and their temporal module') : say('Prompts'),
      judgement.prompts,
      say('There are too few corrected videos to hold some back and compare: correct a segment in a second video.'),
    ),
    otherNames(judgement),
    partSentence(say('Frames in their order'), temporal, null),
    besideLive?.liveStays === true
      ? say('The version in use is better still: {{before}} against {{after}}.', pointsOf(besideLive))
      : null,
  ]);
}

/** What a boundary head brought on held-back videos, or why it was not tried. */
export const boundarySentence = ({ boundaries, besideLiveBoundaries }: PartsJudgement): Saying =>
  sentences([
    partSentence(
      say('Learned edges'),
      boundaries,
      say('Learned edges are not tried: there are too few corrected videos.'),
    ),
    besideLiveBoundaries?.liveStays === true
      ? say('Those in use are better still: {{before}} against {{after}}.', pointsOf(besideLiveBoundaries))
      : null,
  ]);

const pointsOf = ({ before, after }: BesideLive) => ({ before: points(before), after: points(after) });

/** Those that there are, one after the other. */
const sentences = (all: readonly (Saying | null)[]): Saying =>
  all.filter((one) => one !== null).reduce((before, next) => say('{{before}} {{next}}', { before, next }));
