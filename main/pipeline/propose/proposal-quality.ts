import type { ProposalSettings } from './localisation-settings.ts';
import { RangeMaximum } from './range-maximum.ts';

/** Novelty counts up to this many standard deviations. */
const fullNoveltyZ = 3;

/**
 * How much a stretch looks like one action of whatever class, in (0, 1): actionness inside against the margins just
 * outside (after FreeZAD's outer contrast), its peak, and how clearly the picture changes at both ends.
 */
export class ProposalQuality {
  readonly #sums: Float64Array;
  readonly #maximum: RangeMaximum;
  readonly #novelty: Float64Array;
  readonly #settings: Pick<ProposalSettings, 'marginShare' | 'qualityWeights'>;

  /** @param actionness `[N]`; @param novelty `[N + 1]` z-scores. */
  constructor(
    actionness: Float64Array,
    novelty: Float64Array,
    settings: Pick<ProposalSettings, 'marginShare' | 'qualityWeights'>,
  ) {
    this.#sums = new Float64Array(actionness.length + 1);
    for (let sample = 0; sample < actionness.length; sample += 1) {
      this.#sums[sample + 1] = this.#sums[sample]! + actionness[sample]!;
    }
    this.#maximum = new RangeMaximum(actionness);
    this.#novelty = novelty;
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
    const boundary = (this.#clarity(start) + this.#clarity(end)) / 2;
    const logit =
      weights.contrast * (inside - outside) +
      weights.peak * this.#maximum.of(start, end) +
      weights.boundary * boundary +
      weights.bias;
    return 1 / (1 + Math.exp(-logit));
  }

  #sum(start: number, end: number): number {
    return this.#sums[end]! - this.#sums[start]!;
  }

  #clarity(boundary: number): number {
    return Math.min(Math.max(this.#novelty[boundary]!, 0), fullNoveltyZ) / fullNoveltyZ;
  }
}
