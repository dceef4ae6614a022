import { momentsOf, type Moment } from './moments.ts';
import { pairedDifference, type PairedDifference } from './paired-difference.ts';
import { RankedSegments, type RankedVideo } from './ranked-segments.ts';
import { outcomesOf, type Outcomes } from './shown-segments.ts';

/** `equal`: the difference is within noise. `untested`: too little can be held back to tell. */
export type Verdict = 'better' | 'equal' | 'worse' | 'untested';

/** Segments of the same held-back videos, found in two ways. All of mAP@0.3:0.7, in [0, 1]. */
export interface Comparison {
  readonly verdict: Verdict;
  readonly videos: number;
  readonly before: number;
  readonly after: number;
  readonly difference: PairedDifference;
  /** At the score from which a person is shown segments. */
  readonly shown: { readonly before: Outcomes; readonly after: Outcomes };
}

/** What two answers differ in, class by class (indices). */
export interface ByClass {
  readonly classes: readonly { readonly classIndex: number; readonly comparison: Comparison }[];
  readonly moments: readonly Moment[];
}

/** Differences so small are none, however sure: a twentieth of a point. */
export const nothing = 5e-4;

/** The same held-back videos found in two ways, ready to be compared for all classes and for each. */
export class PairedAnswers {
  readonly before: readonly RankedVideo[];
  readonly after: readonly RankedVideo[];
  readonly #ranked: readonly [RankedSegments, RankedSegments];

  /** The videos are the same in both, in the same order. */
  constructor(before: readonly RankedVideo[], after: readonly RankedVideo[], classCount: number) {
    this.before = before;
    this.after = after;
    this.#ranked = [new RankedSegments(before, classCount), new RankedSegments(after, classCount)];
  }

  /** @param classes that count; all of them without. */
  compare(classes?: readonly number[]): Comparison {
    const { before, after } = this;
    const [one, other] = this.#ranked;
    const judged = one.judgedClasses.filter((classIndex) => classes?.includes(classIndex) ?? true);
    const weights = new Float64Array(before.length).fill(1);
    const difference = pairedDifference(one, other, judged);
    return {
      verdict: judged.length === 0 || before.length < 2 ? 'untested' : verdictOf(difference),
      videos: before.length,
      before: one.meanAveragePrecision(judged, weights),
      after: other.meanAveragePrecision(judged, weights),
      difference,
      shown: { before: outcomesOf(before, judged), after: outcomesOf(after, judged) },
    };
  }

  /** Each class that occurs, and the moments behind the numbers. */
  byClass(): ByClass {
    const judged = this.#ranked[0].judgedClasses;
    return {
      classes: judged.map((classIndex) => ({ classIndex, comparison: this.compare([classIndex]) })),
      moments: momentsOf(this.before, this.after, judged),
    };
  }
}

/** @param classes that count; all of them without. The videos are the same in both, in the same order. */
export const compare = (
  before: readonly RankedVideo[],
  after: readonly RankedVideo[],
  classCount: number,
  classes?: readonly number[],
): Comparison => new PairedAnswers(before, after, classCount).compare(classes);

function verdictOf({ low, high }: PairedDifference): Verdict {
  if (low > nothing) return 'better';
  return high < -nothing ? 'worse' : 'equal';
}
