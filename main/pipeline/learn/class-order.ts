import { learningConstants } from '../propose/localisation-constants.ts';
import { softmax } from './softmax.ts';

/** What reviewed videos show of which classes come one after the other, and which together. */
export interface ClassOrder {
  /** `[K, K]` how often a segment of the second class came next after one of the first. */
  readonly follows: Float64Array;
  /** `[K, K]` how often segments of both were in one video, each video's pairs worth one a segment. */
  readonly together: Float64Array;
  /** Exponents of what order, and company, make likelier; 0 leaves all as it is. */
  readonly weights: { readonly order: number; readonly company: number };
}

/** A stretch of a video with what it is taken for: `[K]`, probabilities among the classes. */
export interface OrderedStretch {
  readonly startUs: number;
  readonly shares: Float64Array;
}

/** A reviewed video's segments in time: what is right, and what is thought of them without the video. */
export interface OrderedVideo {
  readonly videoId: number;
  readonly segments: readonly (OrderedStretch & { readonly classIndex: number })[];
}

const {
  chance: chanceWeight,
  mostTimes,
  exponents,
  leastVideos,
  mostVideos,
  sureErrors,
  leastShare,
} = learningConstants.order;
const least = 1e-9;

/** Counts of no video yet. */
export const noOrder = (classCount: number): ClassOrder => ({
  follows: new Float64Array(classCount ** 2),
  together: new Float64Array(classCount ** 2),
  weights: { order: 0, company: 0 },
});

/** The same for classes in other places, `[K]`; −1 where a class has none. */
export function orderOf({ follows, together, weights }: ClassOrder, places: readonly number[]): ClassOrder {
  const width = Math.sqrt(follows.length);
  const moved = (values: Float64Array): Float64Array =>
    Float64Array.from(
      places.flatMap((row) => places.map((column) => (row < 0 || column < 0 ? 0 : values[row * width + column]!))),
    );
  return { follows: moved(follows), together: moved(together), weights };
}

/**
 * Counts what reviewed videos show, and takes it for a rule only where segments of held-back videos are surely told better
 * by it than without.
 *
 * @param carried counts of another project, and the weights that are taken where nothing can be held back here.
 */
export function learnOrder(videos: readonly OrderedVideo[], carried: ClassOrder): ClassOrder {
  const counts = { follows: carried.follows.slice(), together: carried.together.slice() };
  for (const video of videos) count(counts, video, 1);
  if (videos.length < leastVideos) return { ...counts, weights: carried.weights };
  const exams = videos.slice(-mostVideos).map((video) => {
    count(counts, video, -1);
    const rules = rulesOf(counts);
    count(counts, video, 1);
    const says = video.segments.map((segment) => neighbourOf(rules, segment));
    return video.segments.map((segment, at) => ({
      segment,
      ...contextOf(
        says[at - 1],
        says[at + 1],
        says.filter((_, other) => other !== at),
        segment.shares.length,
      ),
    }));
  });
  const lossOf = (weights: ClassOrder['weights']): number[] =>
    exams.map((exam) =>
      exam.reduce((sum, { segment, order, company }) => {
        const shares = softmax(
          segment.shares.map(
            (share, at) => Math.log(share + least) + weights.order * order[at]! + weights.company * company[at]!,
          ),
        );
        return sum - Math.log(Math.max(shares[segment.classIndex]!, least));
      }, 0),
    );
  const without = lossOf({ order: 0, company: 0 });
  const tried = exponents
    .flatMap((order) => exponents.map((company) => ({ order, company })))
    .map((weights) => ({ weights, sure: sureGain(lossOf(weights).map((loss, at) => without[at]! - loss)) }));
  const best = tried.reduce((a, b) => (b.sure > a.sure ? b : a));
  return { ...counts, weights: best.weights };
}

/** Mean over videos less what it may be by chance. */
function sureGain(gains: readonly number[]): number {
  const mean = gains.reduce((a, b) => a + b, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (gains.length - 1);
  return mean - sureErrors * Math.sqrt(variance / gains.length);
}

function count(
  { follows, together }: Pick<ClassOrder, 'follows' | 'together'>,
  video: OrderedVideo,
  sign: 1 | -1,
): void {
  const classes = video.segments.map(({ classIndex }) => classIndex);
  const width = Math.sqrt(follows.length);
  for (const [at, own] of classes.entries()) {
    const next = classes[at + 1];
    if (next !== undefined) follows[own * width + next]! += sign;
    for (const [other, theirs] of classes.entries())
      if (other !== at) together[own * width + theirs]! += sign / (classes.length - 1);
  }
}

/** Counts as rules: `[K, K]` how many times likelier than by chance the second class is beside the first. */
interface Rules {
  readonly next: Float64Array;
  readonly previous: Float64Array;
  readonly company: Float64Array;
}

function rulesOf({ follows, together }: Pick<ClassOrder, 'follows' | 'together'>): Rules {
  return {
    next: timesLikelier(follows),
    previous: timesLikelier(transposed(follows)),
    company: timesLikelier(together),
  };
}

function transposed(values: Float64Array): Float64Array {
  const width = Math.sqrt(values.length);
  return values.map((_, index) => values[(index % width) * width + Math.floor(index / width)]!);
}

function timesLikelier(counts: Float64Array): Float64Array {
  const width = Math.sqrt(counts.length);
  const columns = new Float64Array(width);
  const rows = new Float64Array(width);
  for (const [index, value] of counts.entries()) {
    rows[Math.floor(index / width)]! += value;
    columns[index % width]! += value;
  }
  const total = rows.reduce((a, b) => a + b, 0);
  return counts.map((value, index) => {
    // Classes that were never seen are as common as a segment of each would make them.
    const chance = (columns[index % width]! + 1) / (total + width);
    const times =
      (Math.max(value, 0) + chanceWeight * chance) /
      (Math.max(rows[Math.floor(index / width)]!, 0) + chanceWeight) /
      chance;
    return Math.min(Math.max(times, 1 / mostTimes), mostTimes);
  });
}

/** What a stretch makes of those beside it: `[K]` logs of how many times likelier each class is. */
interface Neighbour {
  readonly next: Float64Array;
  readonly previous: Float64Array;
  readonly company: Float64Array;
}

function neighbourOf(rules: Rules, { shares }: OrderedStretch): Neighbour {
  const total = shares.reduce((a, b) => a + b, 0);
  const likely = [...shares.entries()].filter(([, share]) => share > 0 && share >= leastShare * total);
  const known = likely.reduce((sum, [, share]) => sum + share, 0);
  const logTimes = (rule: Float64Array): Float64Array => {
    const times = new Float64Array(shares.length).fill(known > 0 ? 0 : 1);
    for (const [own, share] of likely)
      for (let at = 0; at < times.length; at += 1) times[at]! += (share / known) * rule[own * times.length + at]!;
    return times.map(Math.log);
  };
  return { next: logTimes(rules.next), previous: logTimes(rules.previous), company: logTimes(rules.company) };
}

interface Context {
  /** `[K]` logs of how many times likelier each class is. */
  readonly order: Float64Array;
  readonly company: Float64Array;
}

/** @param others all others in the video, `before` and `after` among them. */
function contextOf(
  before: Neighbour | undefined,
  after: Neighbour | undefined,
  others: readonly Neighbour[],
  width: number,
): Context {
  const order = new Float64Array(width);
  const company = new Float64Array(width);
  for (let at = 0; at < width; at += 1) order[at] = (before?.next[at] ?? 0) + (after?.previous[at] ?? 0);
  for (const other of others) for (let at = 0; at < width; at += 1) company[at]! += other.company[at]! / others.length;
  return { order, company };
}

/** The surest stretches of a video that do not overlap: what stands beside a proposal. */
interface Landmark extends OrderedStretch {
  readonly endUs: number;
}

/** What the other things that happen in a video make likelier in a stretch of it. */
export class OrderPrior {
  readonly #weights: ClassOrder['weights'];
  readonly #landmarks: readonly (Omit<Landmark, 'shares'> & { readonly says: Neighbour })[];

  /** @param landmarks that do not overlap, in order of time. */
  constructor(order: ClassOrder, landmarks: readonly Landmark[]) {
    const rules = rulesOf(order);
    this.#weights = order.weights;
    this.#landmarks = landmarks.map(({ startUs, endUs, shares }) => ({
      startUs,
      endUs,
      says: neighbourOf(rules, { startUs, shares }),
    }));
  }

  /** Class probabilities `[K]` of `[startUs, endUs)` with what stands beside it; what is left to 1 stays as it was. */
  probabilities({ startUs, endUs }: Omit<Landmark, 'shares'>, shares: Float64Array): Float64Array {
    const others = this.#landmarks.filter((other) => other.endUs <= startUs || other.startUs >= endUs);
    const before = others.findLast((other) => other.endUs <= startUs);
    const after = others.find((other) => other.startUs >= endUs);
    const { order: byOrder, company: byCompany } = this.#weights;
    // Most projects follow no such rule, and an hour has hundreds of others for each of its proposals.
    const beside = byCompany === 0 ? [] : others.map(({ says }) => says);
    const { order, company } = contextOf(before?.says, after?.says, beside, shares.length);
    const likely = shares.map((share, at) => share * Math.exp(byOrder * order[at]! + byCompany * company[at]!));
    const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    const scale = total(shares) / Math.max(total(likely), least);
    return likely.map((share) => share * scale);
  }
}
