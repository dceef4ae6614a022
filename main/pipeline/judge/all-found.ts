import { nothing } from './comparison.ts';
import { joinFolds, type JudgedProject } from './judged-project.ts';
import { RankedSegments } from './ranked-segments.ts';

/**
 * Whether all that occurs in held-back videos is found before anything else, by what corrections teach without training:
 * then no trained part could find more, and none is worth training without each part of the videos.
 */
export function isAllFound(project: JudgedProject): boolean {
  const { names, classIds } = project.input;
  const found = project
    .videoFolds()
    .map((held) => project.ranked(held, names, () => ({ taught: project.taughtWithout(held) })));
  const videos = joinFolds(found);
  const ranked = new RankedSegments(videos, classIds.length);
  const everyOne = new Float64Array(videos.length).fill(1);
  return ranked.meanAveragePrecision(ranked.judgedClasses, everyOne) > 1 - nothing;
}
