import { mostMomentsOfAKind } from '#preload/domain/judgement.ts';
import type { Span } from '#preload/domain/span.ts';
import { nearestOf, type RankedVideo } from './ranked-segments.ts';
import { shownIn } from './shown-segments.ts';
import type { ClassSpan } from './truth.ts';

/**
 * A moment that learning changed, or did not: `won` and `lost` are occurrences found now and not before or the other way
 * round, `missed` those found neither way; of segments that are wrong, a `new alarm` is now, a `false alarm` was before as well,
 * and `quiet` is no more.
 */
export interface Moment extends Span {
  readonly kind: 'won' | 'lost' | 'missed' | 'new alarm' | 'false alarm' | 'quiet';
  readonly videoId: number;
  readonly classIndex: number;
}

/** An alarm is one of before where they touch at all; each is paired once, so that moments add up to what is counted. */
const anyOverlap = Number.MIN_VALUE;

/** What was won, lost and stays wrong between two answers about the same held-back videos, at most a few of each kind and class. */
export function momentsOf(
  before: readonly RankedVideo[],
  after: readonly RankedVideo[],
  classes: readonly number[],
): Moment[] {
  const counts = new Map<string, number>();
  const moments: Moment[] = [];
  const add = (kind: Moment['kind'], videoId: number, { classIndex, startUs, endUs }: ClassSpan): void => {
    const key = `${kind} ${classIndex}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count <= mostMomentsOfAKind) moments.push({ kind, videoId, classIndex, startUs, endUs });
  };
  for (const [index, { truth }] of after.entries()) {
    const then = shownIn(before[index]!, classes);
    const now = shownIn(after[index]!, classes);
    for (const one of now.found) if (then.missed.has(one)) add('won', truth.videoId, one);
    for (const one of now.missed) add(then.found.has(one) ? 'lost' : 'missed', truth.videoId, one);
    const paired = new Set<ClassSpan>();
    for (const one of now.falseAlarms) {
      const ofClass = then.falseAlarms.filter(({ classIndex }) => classIndex === one.classIndex);
      const earlier = nearestOf(ofClass, one, anyOverlap, paired);
      if (earlier !== null) paired.add(earlier);
      add(earlier === null ? 'new alarm' : 'false alarm', truth.videoId, one);
    }
    for (const one of then.falseAlarms) if (!paired.has(one)) add('quiet', truth.videoId, one);
  }
  return moments;
}
