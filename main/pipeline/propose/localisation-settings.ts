/**
 * Everything that can be turned in training-free localisation. All times are seconds, all levels probabilities, so that
 * they keep their meaning at other sampling rates and with other models. What each stands for:
 *
 * | setting | unit | why this much |
 * | --- | --- | --- |
 * | contextS | s | a minute holds a whole action and what was before it, and seldom more than one scene |
 * | backgroundMinShare | share | where all frames look alike, the mean is what they show: most of it must stay |
 * | noveltyWindowsS | s | a gesture, a step of a routine, a change of activity |
 * | changePointMinZ | σ of the surroundings | about one boundary in six, were novelty noise |
 * | changePointMinDistanceS | s | two samples: nearer ones cannot be told apart |
 * | actionnessSigmaS | s | one sample, against flicker of single frames |
 * | minRise | probability | less than this over the surroundings is no sign of an action |
 * | groupingThresholds | probability | every tenth |
 * | groupingTolerancesPercent | % of samples | from hardly a gap to every other sample |
 * | maxUnionIntervals | intervals | at each coarseness, so that no length of an action is out of reach |
 * | minDurationS | s | an action of 0.3 s is one sample of the usual four a second; less than that is none |
 * | snapMaxShare, snapMaxS | share, s | an end moves by less than the tIoU that counts as found forgives |
 * | marginShare | share | as wide as the outer contrast of published work, a quarter on either side |
 * | calmS | s | in longer stretches one strong change says less: some are to be expected |
 * | nearDuplicateTIoU | tIoU | ends that differ by less than a twentieth of the length |
 * | softNmsSigma | tIoU² | of proposals ActionFormer's; of segments of one class, half an overlap leaves a fifth of a score: they are hardly ever two |
 * | rarity | log-odds | of the stretches that are compared about one in twenty is an action: by so much a quality, which knows nothing of that, says too much where stretches are ranked. A second guess at the ends of a sure action then goes before what only may be one |
 * | softNmsMinScore | probability | of segments one in a thousand is not worth a look; of proposals, which are rare among what is compared, one in ten thousand |
 * | qualityWeights | log-odds | by hand on films of development seeds: an action surrounded by none moves the odds by e⁴; two clear ends weigh three quarters of a full peak, and a stronger change inside takes what the peak gives; what the whole stretch shows has half a say, by which 50 proposals of an hour find one to two points more of what happens than by a quarter; a boundary head, where one is trained, has half a say, and what scores come to is learned from reviewed videos |
 * | classesPerProposal, rankingLength | count | names that are alike share a proposal; the first five are shown |
 * | minProposalLimit, proposalsPerMinute, segments likewise | count | one every three seconds, and enough for a clip |
 */
export interface ProposalSettings {
  /** Half-widths of the checkerboard kernels of the self-similarity novelty. */
  readonly noveltyWindowsS: readonly number[];
  /** A change point's least novelty, in standard deviations above the mean of its surroundings. */
  readonly changePointMinZ: number;
  readonly changePointMinDistanceS: number;
  /** Length of the window around a moment that its picture, its change and its actionness are compared with. */
  readonly contextS: number;
  /** Least share of a window's mean feature that is subtracted from its middle frame, see `localBackground`. */
  readonly backgroundMinShare: number;
  readonly classCurveSmoothingS: number;
  readonly actionnessSigmaS: number;
  /** Least rise of actionness over its surroundings that is looked into where actionness itself stays low or high. */
  readonly minRise: number;
  readonly groupingThresholds: readonly number[];
  /** Largest share of samples below the threshold inside a group, in whole percent. */
  readonly groupingTolerancesPercent: readonly number[];
  /** Neighbouring intervals between change points that make one candidate, at each coarseness of change points. */
  readonly maxUnionIntervals: number;
  readonly minDurationS: number;
  /** An end moves to a stronger change point within this share of the proposal's length, and within this time. */
  readonly snapMaxShare: number;
  readonly snapMaxS: number;
  /** Length of the outer margins that a proposal is contrasted with, as a share of its own length. */
  readonly marginShare: number;
  /** A change inside a stretch of up to this length counts in full, and the less the longer it is. */
  readonly calmS: number;
  readonly qualityWeights: QualityWeights;
  readonly nearDuplicateTIoU: number;
  /** Log-odds against a stretch being an action, taken off its quality before stretches are ranked. */
  readonly rarity: number;
  readonly softNmsSigma: number;
  readonly softNmsMinScore: number;
  /** How many proposals a video may have: at least `minProposalLimit`, more for a long video. */
  readonly minProposalLimit: number;
  readonly proposalsPerMinute: number;
}

/** Logistic regression from a proposal's evidence to its class-agnostic quality. */
interface QualityWeights {
  /** Of mean actionness inside minus mean actionness in the margins. */
  readonly contrast: number;
  /** Of the highest actionness inside. */
  readonly peak: number;
  /** Of the mean novelty of both ends, clipped to three standard deviations and scaled to 1. */
  readonly boundary: number;
  /** Of what the strongest novelty inside has over that of the weaker end, in the same units. */
  readonly unrest: number;
  /** Of log P(an action) by the mean of the whole stretch. */
  readonly whole: number;
  readonly bias: number;
}

export interface ClassificationSettings {
  /** How many classes a proposal may become a segment of. */
  readonly classesPerProposal: number;
  /** How many classes of a segment's ranking are kept for the inspector. */
  readonly rankingLength: number;
  readonly softNmsSigma: number;
  readonly softNmsMinScore: number;
  readonly minSegmentLimit: number;
  readonly segmentsPerMinute: number;
}

export interface LocalisationSettings {
  readonly proposal: ProposalSettings;
  readonly classification: ClassificationSettings;
}

export const defaultLocalisationSettings: LocalisationSettings = {
  proposal: {
    noveltyWindowsS: [1, 2, 4],
    changePointMinZ: 1,
    changePointMinDistanceS: 0.5,
    contextS: 60,
    backgroundMinShare: 0.4,
    classCurveSmoothingS: 0.7,
    actionnessSigmaS: 0.25,
    minRise: 0.05,
    groupingThresholds: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    groupingTolerancesPercent: [5, 10, 20, 30, 50],
    maxUnionIntervals: 8,
    minDurationS: 0.2,
    snapMaxShare: 0.15,
    snapMaxS: 1,
    marginShare: 0.25,
    calmS: 10,
    qualityWeights: { contrast: 4, peak: 1, boundary: 0.75, unrest: -1, whole: 0.5, bias: -1.65 },
    nearDuplicateTIoU: 0.9,
    rarity: 3,
    softNmsSigma: 0.5,
    softNmsMinScore: 0.0001,
    minProposalLimit: 200,
    proposalsPerMinute: 20,
  },
  classification: {
    classesPerProposal: 4,
    rankingLength: 5,
    softNmsSigma: 0.15,
    softNmsMinScore: 0.001,
    minSegmentLimit: 200,
    segmentsPerMinute: 20,
  },
};
