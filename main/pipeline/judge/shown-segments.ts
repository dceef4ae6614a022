import { segmentsForReview } from '../classify/localise.ts';
import { nearestOf, type RankedSegment, type RankedVideo } from './ranked-segments.ts';
import { isDecided, type ClassSpan } from './truth.ts';

/** What a person would see of it. */
export interface Outcomes {
  /** Occurrences marked. */
  readonly of: number;
  /** Occurrences that a shown segment of their class overlaps by half. */
  readonly found: number;
  /** Shown segments that are known to be none. */
  readonly falseAlarms: number;
}

/** A video's occurrences as a person would find them, each marked or missed, and what is shown beside them. */
export interface ShownVideo {
  readonly found: ReadonlySet<ClassSpan>;
  readonly missed: ReadonlySet<ClassSpan>;
  readonly falseAlarms: readonly RankedSegment[];
}

const isFound = 0.5;

/** What a person would see of a held-back video's answer for some classes (indices): occurrences found at tIoU 0.5, missed ones, false alarms. */
export function shownIn({ truth, segments }: RankedVideo, classes: readonly number[]): ShownVideo {
  const found = new Set<ClassSpan>();
  const falseAlarms: RankedSegment[] = [];
  for (const classIndex of classes) {
    const occurrences = truth.occurrences.filter((one) => one.classIndex === classIndex);
    const ofClass = segments.filter((segment) => segment.classIndex === classIndex);
    for (const segment of segmentsForReview(ofClass)) {
      const match = nearestOf(occurrences, segment, isFound, found);
      if (match !== null) found.add(match);
      else if (isDecided(truth, segment)) falseAlarms.push(segment);
    }
  }
  const missed = truth.occurrences.filter((one) => classes.includes(one.classIndex) && !found.has(one));
  return { found, missed: new Set(missed), falseAlarms };
}

/** Counts over held-back videos: occurrences found, of how many, and false alarms. */
export function outcomesOf(videos: readonly RankedVideo[], classes: readonly number[]): Outcomes {
  const shown = videos.map((video) => shownIn(video, classes));
  const sum = (valueOf: (one: ShownVideo) => number): number => shown.reduce((total, one) => total + valueOf(one), 0);
  const found = sum((one) => one.found.size);
  return { found, of: found + sum((one) => one.missed.size), falseAlarms: sum((one) => one.falseAlarms.length) };
}
