import { localisationConstants } from './localisation-constants.ts';
import type { ProposalSettings } from './localisation-settings.ts';
import { RangeMaximum } from './range-maximum.ts';

const { fullZ, mostUnrest } = localisationConstants.novelty;

/**
 * How much a stretch looks like one action of whatever class, in (0, 1): actionness inside against the margins just
 * outside (after FreeZAD's outer contrast), its peak, how clearly the picture changes at both ends, and whether it
 * changes more inside than at either end: then it is likelier two things, or a part of one. The longer it is, the likelier
 * some strong change is by chance.
 */
export class ProposalQuality {
  readonly #sums: Float64Array;
  readonly #maximum: RangeMaximum;
  readonly #novelty: Float64Array;
  readonly #change: RangeMaximum;
  readonly #calm: number;
  readonly #settings: Pick<ProposalSettings, 'marginShare' | 'qualityWeights'>;

  /** @param actionness `[N]`; @param novelty `[N + 1]` z-scores; @param calm samples of `calmS`. */
  constructor(
    actionness: Float64Array,
    novelty: Float64Array,
    calm: number,
    settings: Pick<ProposalSettings, 'marginShare' | 'qualityWeights'>,
  ) {
    this.#sums = new Float64Array(actionness.length + 1);
    for (let sample = 0; sample < actionness.length; sample += 1) {
      this.#sums[sample + 1] = this.#sums[sample]! + actionness[sample]!;
    }
    this.#maximum = new RangeMaximum(actionness);
    this.#novelty = novelty;
    this.#change = new RangeMaximum(novelty);
    this.#calm = calm;
    this.#settings = settings;
  }

  /** Quality of samples `[start, end)`. A span without any margin, the whole video, has no contrast. */
  of(start: number, end: number): number {
    const { marginShare, qualityWeights: weights } = this.#settings;
    const margin = Math.max(1, Math.round(marginShare * (end - start)));
    const left = Math.max(0, start - margin);
    const right = Math.min(this.#sums.length - 1, end + margin);
    const inside = this.#sum(start, end) / (end - start);
    const outsideCount = start - left + (right - end);
    const outside = outsideCount > 0 ? (this.#sum(left, start) + this.#sum(end, right)) / outsideCount : inside;
    const [first, last] = [this.#clarity(start), this.#clarity(end)];
    const change = end - start > 1 ? clarityOf(this.#change.of(start + 1, end), mostUnrest) : 0;
    const logit =
      weights.contrast * (inside - outside) +
      weights.peak * this.#maximum.of(start, end) +
      (weights.boundary * (first + last)) / 2 +
      weights.unrest * Math.max(0, change - Math.min(first, last)) * Math.min(1, this.#calm / (end - start)) +
      weights.bias;
    return 1 / (1 + Math.exp(-logit));
  }

  #sum(start: number, end: number): number {
    return this.#sums[end]! - this.#sums[start]!;
  }

  #clarity(boundary: number): number {
    return clarityOf(this.#novelty[boundary]!, 1);
  }
}

/** Novelty as a share of what is clear, in [0, `most`]. */
const clarityOf = (novelty: number, most: number): number => Math.min(Math.max(novelty / fullZ, 0), most);
