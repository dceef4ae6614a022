// Protects: the clips that are shown of an answer add up to the numbers that are said of it.
import { expect, it } from 'vitest';
import { momentsOf, type Moment } from './moments.ts';
import type { RankedVideo } from './ranked-segments.ts';

const second = 1_000_000;
const alarm = (startS: number, endS: number, classIndex = 0) => ({
  classIndex,
  startUs: startS * second,
  endUs: endS * second,
  score: 0.9,
});
/** A video that was looked through and shows nothing: whatever is found in it is a false alarm. */
const answered = (...segments: RankedVideo['segments'][number][]): RankedVideo => ({
  truth: { videoId: 1, occurrences: [], rejected: [], reviewed: { startUs: 0, endUs: 100 * second } },
  segments,
});
const kindsOf = (before: RankedVideo, after: RankedVideo): Moment['kind'][] =>
  momentsOf([before], [after], [0, 1])
    .map(({ kind }) => kind)
    .toSorted();

it('calls one of two alarms new where one of before fell into two, and one quiet where two became one', () => {
  const [one, two] = [answered(alarm(0, 10)), answered(alarm(0, 4), alarm(5, 10))];
  expect(kindsOf(one, two)).toEqual(['false alarm', 'new alarm']);
  expect(kindsOf(two, one)).toEqual(['false alarm', 'quiet']);
});

it('takes an alarm of another class, or of another time, for another one', () => {
  expect(kindsOf(answered(alarm(0, 4)), answered(alarm(0, 4, 1)))).toEqual(['new alarm', 'quiet']);
  expect(kindsOf(answered(alarm(0, 4)), answered(alarm(4, 8)))).toEqual(['new alarm', 'quiet']);
});
