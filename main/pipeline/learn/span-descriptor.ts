import { localisationConstants } from '../propose/localisation-constants.ts';
import { SpanMeans } from '../vectors/span-means.ts';

/** What a span is described by in each of its views; each block is as wide as a feature. */
export const blocksOfView = 7;

const { differenceWeight, singleSamples } = localisationConstants.description;

/** Features of a video, as sums. */
interface View {
  readonly means: SpanMeans;
  readonly squares: SpanMeans;
  /** Of what changed since the sample before. */
  readonly steps: SpanMeans;
  /** Of how that change changed. */
  readonly turns: SpanMeans;
}

/**
 * Describes spans of one video by more than their mean, which forgets the order of time: raising a leg and lowering it
 * have the same mean. Seven blocks `[7, D]`: the mean's direction; second half minus first half (which way it goes);
 * middle half minus the quarters around it (there and back); the standard deviation (how far it moves at all); the size of
 * the steps from sample to sample (how fast: waving moves no farther than raising a hand once, but again and again); the
 * size of the differences between steps (how often it turns back: what goes one way has large steps and small turns); and
 * steps in the middle less those around it (when it moves: a hand is raised, rests and is lowered, or waves all the while).
 * Where a temporal module made the features from the video's own, the same seven of its own follow: what the module blurs,
 * single frames still tell. O(D) for each span, whatever its length.
 */
export class SpanDescriber {
  readonly dim: number;
  /** Numbers in a descriptor: 7 D for each view. */
  readonly width: number;
  readonly #views: readonly View[];
  readonly #named: SpanMeans;

  /**
   * @param features `[N, D]` that are classified; @param plain `[N, D]` those that a temporal module made them from, null
   * without one; @param named those that names are compared with, where a module was trained to that end.
   */
  constructor(features: Float32Array, dim: number, plain: Float32Array | null = null, named = features) {
    this.dim = dim;
    this.#views = [features, ...(plain === null ? [] : [plain])].map((one) => {
      const steps = stepsOf(one, dim);
      return {
        means: new SpanMeans(one, dim),
        squares: new SpanMeans(one, dim, 2),
        steps: new SpanMeans(steps, dim, 2),
        turns: new SpanMeans(stepsOf(steps, dim), dim, 2),
      };
    });
    this.width = blocksOfView * dim * this.#views.length;
    this.#named = named === features ? this.#views[0]!.means : new SpanMeans(named, dim);
  }

  /**
   * `[D]` direction of what the names are compared with in samples `[start, end)`, of which the descriptor is known: its
   * own mean, or in the shortest spans that of the frames that a temporal module saw.
   */
  namedMean(start: number, end: number, descriptor: Float64Array): Float64Array {
    const meanOf = (view: number): Float64Array => {
      const from = view * blocksOfView * this.dim;
      return descriptor.subarray(from, from + this.dim);
    };
    if (this.#named !== this.#views[0]!.means) return this.#named.unitMean(start, end, meanOf(0).slice());
    return meanOf(end - start <= singleSamples ? this.#views.length - 1 : 0);
  }

  /** Writes the descriptor of samples `[start, end)` into `out` `[width]`; the span must not be empty. */
  describe(start: number, end: number, out: Float64Array): Float64Array {
    const size = blocksOfView * this.dim;
    for (const [at, view] of this.#views.entries())
      this.#describeView(view, start, end, out.subarray(at * size, (at + 1) * size));
    return out;
  }

  #describeView({ means, squares, steps, turns }: View, start: number, end: number, out: Float64Array): void {
    const { dim } = this;
    const count = end - start;
    out.fill(0);
    const [unit, halves, middle, spread, pace, turning, when] = Array.from({ length: blocksOfView }, (_, block) =>
      out.subarray(block * dim, (block + 1) * dim),
    ) as Blocks;
    const mean = means.mean(start, end, unit.slice());
    squares.mean(start, end, spread);
    for (let at = 0; at < dim; at += 1) spread[at] = rootOf(spread[at]! - mean[at]! ** 2);

    const half = Math.max(1, count >> 1);
    const first = means.mean(start, start + half, unit.slice());
    means.mean(end - half, end, halves);
    for (let at = 0; at < dim; at += 1) halves[at] = differenceWeight * (halves[at]! - first[at]!);

    middleLessRest(means, mean, start, end, middle, (value) => differenceWeight * value);

    // What changed before the span's first sample is none of its own.
    if (count > 1) steps.mean(start + 1, end, pace);
    if (count > 1) middleLessRest(steps, pace, start + 1, end, when, rootOf);
    if (count > 2) turns.mean(start + 2, end, turning);
    for (const sizes of [pace, turning]) for (let at = 0; at < dim; at += 1) sizes[at] = rootOf(sizes[at]!);

    means.unitMean(start, end, unit);
  }
}

type Block = Float64Array;
type Blocks = [Block, Block, Block, Block, Block, Block, Block];

/** Of a mean of squares, which rounding may have left below zero. */
const rootOf = (meanSquare: number): number => Math.sqrt(Math.max(0, meanSquare));

/** Writes into `out` `[D]` the mean of the middle half of a span less that of the rest, each as `measure` has it. @param mean of all of it. */
function middleLessRest(
  means: SpanMeans,
  mean: Float64Array,
  start: number,
  end: number,
  out: Float64Array,
  measure: (value: number) => number,
): void {
  const count = end - start;
  const from = count >> 2;
  const to = Math.max(from + 1, (3 * count) >> 2);
  const inside = to - from;
  const rest = count - inside;
  means.mean(start + from, start + to, out);
  for (let at = 0; at < out.length; at += 1) {
    // The mean of the rest, from the mean of all: none where the middle is everything.
    const around = rest > 0 ? (count * mean[at]! - inside * out[at]!) / rest : out[at]!;
    out[at] = measure(out[at]!) - measure(around);
  }
}

/** `[N, D]` each sample less the one before; the first, which has none, is zero. */
const stepsOf = (features: Float32Array, dim: number): Float32Array =>
  features.map((value, index) => (index < dim ? 0 : value - features[index - dim]!));
