/**
 * Everything that can be turned in training-free localisation. The defaults suit features sampled at about 4 fps.
 * Windows are in seconds, so that they keep their meaning at other rates.
 */
export interface ProposalSettings {
  /** Half-widths of the checkerboard kernels of the self-similarity novelty. */
  readonly noveltyWindowsS: readonly number[];
  /** A change point's least novelty, in standard deviations above the video's mean. */
  readonly changePointMinZ: number;
  readonly changePointMinDistanceS: number;
  /** Two stretches show the same scene when the cosine of their mean features is at least this. */
  readonly sceneMinCosine: number;
  /** A scene counts when it fills at least this share of the video. */
  readonly sceneMinShare: number;
  /** How much of the video's mean feature is subtracted from a video of several scenes, and of a single scene. */
  readonly backgroundShareOfManyScenes: number;
  readonly backgroundShareOfOneScene: number;
  /** The video prior of a class looks at the best `1 / priorTopDivisor` of the samples. */
  readonly priorTopDivisor: number;
  /** Share of a uniform distribution mixed into the video prior, so that a video may show more than one class. */
  readonly priorUniformShare: number;
  /** Class curves are grouped for this many most likely classes, and for every class above the least prior. */
  readonly activeClassCount: number;
  readonly activeClassMinPrior: number;
  readonly classCurveSmoothingS: number;
  readonly actionnessSigmaS: number;
  readonly groupingThresholds: readonly number[];
  /** Largest share of samples below the threshold inside a group, in whole percent. */
  readonly groupingTolerancesPercent: readonly number[];
  readonly maxUnionIntervals: number;
  readonly minDurationS: number;
  /** An end moves to a stronger change point within this share of the proposal's length, and within this time. */
  readonly snapMaxShare: number;
  readonly snapMaxS: number;
  /** Length of the outer margins that a proposal is contrasted with, as a share of its own length. */
  readonly marginShare: number;
  readonly qualityWeights: QualityWeights;
  readonly nearDuplicateTIoU: number;
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
    sceneMinCosine: 0.85,
    sceneMinShare: 0.05,
    backgroundShareOfManyScenes: 1,
    backgroundShareOfOneScene: 0.5,
    priorTopDivisor: 8,
    priorUniformShare: 0.2,
    activeClassCount: 3,
    activeClassMinPrior: 0.1,
    classCurveSmoothingS: 0.7,
    actionnessSigmaS: 0.25,
    groupingThresholds: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    groupingTolerancesPercent: [5, 10, 20, 30, 50],
    maxUnionIntervals: 8,
    minDurationS: 0.3,
    snapMaxShare: 0.15,
    snapMaxS: 1,
    marginShare: 0.25,
    qualityWeights: { contrast: 4, peak: 1, boundary: 0.5, bias: -1.5 },
    nearDuplicateTIoU: 0.9,
    softNmsSigma: 0.5,
    softNmsMinScore: 0.001,
    minProposalLimit: 200,
    proposalsPerMinute: 20,
  },
  classification: {
    classesPerProposal: 4,
    rankingLength: 5,
    softNmsSigma: 0.5,
    softNmsMinScore: 0.001,
    minSegmentLimit: 200,
    segmentsPerMinute: 20,
  },
};
