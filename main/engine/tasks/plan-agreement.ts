import { classifySpan } from '#main/pipeline/classify/classify-span.ts';
import { localise } from '#main/pipeline/classify/localise.ts';
import { analyseFeatures, type FeatureAnalysis } from '#main/pipeline/propose/analyse-features.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { leastAgreement } from '#preload/domain/compute-plan.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { Span } from '#preload/domain/span.ts';
import type { PlanFrames } from './plan-frames.ts';

/** How features in some arithmetic compare with those in float32. */
export interface Agreement {
  /** The cosine that 95 % of the frames reach. */
  readonly cosine: number;
  /** Share of the frames with the same most likely class; null without classes. */
  readonly sameClass: number | null;
  /** Share of the pairs of proposals that keep their order; null where there are no two. */
  readonly sameOrder: number | null;
  /** Why it is not enough; null where it is. */
  readonly problem: Saying | null;
}

/** A proposal and what it was proposed as. */
interface Proposed extends Span {
  readonly classIndex: number;
}

/** Probabilities that lie no further apart have no order that anybody would miss. */
const tie = 0.01;

/** What features are held against: those of float32 `[count, D]`, and the proposals that they make. */
export class PlanReference {
  readonly #frames: PlanFrames;
  readonly #features: Float32Array;
  readonly #dim: number;
  readonly #classSet: ClassSet | null;
  readonly #proposals: readonly (readonly Proposed[])[];
  readonly #probabilities: readonly number[];

  /** @param classSet null without classes. */
  constructor(frames: PlanFrames, features: Float32Array, dim: number, classSet: ClassSet | null) {
    this.#frames = frames;
    this.#features = features;
    this.#dim = dim;
    this.#classSet = classSet;
    const analyses = classSet === null ? [] : this.#analyses(features);
    this.#proposals = analyses.map((analysis) => localise(analysis, classSet!).segments);
    this.#probabilities = this.#probabilitiesBy(analyses);
  }

  /** How `features` `[count, D]` of the same frames agree. */
  agreementOf(features: Float32Array): Agreement {
    const { count } = this.#frames;
    const cosines = Array.from({ length: count }, (_, at) =>
      product(this.#row(features, at), this.#row(this.#features, at)),
    );
    const cosine = Math.min(1, cosines.toSorted((a, b) => a - b)[Math.floor(count * 0.05)]!);
    const isSame = (at: number) => this.#classOf(features, at) === this.#classOf(this.#features, at);
    const sameClass = this.#classSet === null ? null : cosines.filter((_, at) => isSame(at)).length / count;
    const sameOrder =
      this.#classSet === null
        ? null
        : shareInOrder(this.#probabilitiesBy(this.#analyses(features)), this.#probabilities);
    const agrees =
      cosine >= leastAgreement.cosine &&
      (sameClass ?? 1) >= leastAgreement.sameClass &&
      (sameOrder ?? 1) >= leastAgreement.sameOrder;
    const problem = agrees ? null : say('its answers differ too much from those of the processor in float32');
    return { cosine, sameClass, sameOrder, problem };
  }

  /** The features `[count, D]` that frames have where still ones share them. */
  get shared(): Float32Array {
    const rows = this.#features.slice();
    this.#frames.sharedWith.forEach((row, at) => rows.set(this.#row(this.#features, row), at * this.#dim));
    return rows;
  }

  #row(of: Float32Array, at: number): Float32Array {
    return of.subarray(at * this.#dim, (at + 1) * this.#dim);
  }

  #classOf(features: Float32Array, at: number): number {
    const { classEmbeddings } = this.#classSet!;
    const row = this.#row(features, at);
    const scores = Array.from({ length: classEmbeddings.length / this.#dim }, (_, name) =>
      product(row, this.#row(classEmbeddings, name)),
    );
    return scores.indexOf(Math.max(...scores));
  }

  #analyses(features: Float32Array): FeatureAnalysis[] {
    return this.#frames.stretches.map(({ start, timesUs, endUs }) => {
      const own = features.slice(start * this.#dim, (start + timesUs.length) * this.#dim);
      return analyseFeatures({ features: own, timesUs, dim: this.#dim }, endUs);
    });
  }

  /** How likely each proposal is what it was proposed as, by features that were analysed, stretch by stretch. */
  #probabilitiesBy(analyses: readonly FeatureAnalysis[]): number[] {
    const classSet = this.#classSet;
    if (classSet === null) return [];
    const top = classSet.classEmbeddings.length / this.#dim;
    return analyses.flatMap((analysis, stretch) =>
      this.#proposals[stretch]!.map(({ startUs, endUs, classIndex }) => {
        const scores = classifySpan(analysis, classSet, { span: { startUs, endUs }, top });
        return scores.find((score) => score.classIndex === classIndex)!.probability;
      }),
    );
  }
}

/** Of all pairs that are no tie in `reference`, those in the same order; null without any. */
function shareInOrder(values: readonly number[], reference: readonly number[]): number | null {
  let pairs = 0;
  let kept = 0;
  for (let first = 0; first < reference.length; first += 1) {
    for (let second = first + 1; second < reference.length; second += 1) {
      const apart = reference[first]! - reference[second]!;
      if (Math.abs(apart) <= tie) continue;
      pairs += 1;
      if (apart * (values[first]! - values[second]!) > 0) kept += 1;
    }
  }
  return pairs === 0 ? null : kept / pairs;
}

const product = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
