import { learningConstants } from '../propose/localisation-constants.ts';
import type { DescribedSpans, Ground, VideoEvidence } from './evidence.ts';
import { inheritedPrior } from './inherited.ts';
import { joinRows } from './rows.ts';
import { typicalFit } from './typical-fit.ts';

const { least: leastUnlabelled } = learningConstants.unlabelled;

/** Null where there is no span, or no class. */
export function groundOf(videos: readonly Pick<VideoEvidence, 'unlabelled'>[], classCount: number): Ground | null {
  const unlabelled = joined(videos.map((video) => video.unlabelled));
  if (unlabelled === null || classCount === 0) return null;
  return {
    prior: inheritedPrior(unlabelled, classCount),
    typical: typicalFit(unlabelled, classCount),
    isEnough: unlabelled.codes.count >= leastUnlabelled,
  };
}

function joined(parts: readonly DescribedSpans[]): DescribedSpans | null {
  const filled = parts.filter(({ codes }) => codes.count > 0);
  const first = filled[0];
  if (first === undefined) return null;
  return {
    texts: joinRows(
      filled.map(({ texts }) => texts),
      first.texts.width,
    ),
    codes: joinRows(
      filled.map(({ codes }) => codes),
      first.codes.width,
    ),
  };
}
