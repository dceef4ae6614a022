/**
 * What localisation takes for granted, beside the settings that can be turned (`localisation-settings.ts`), with what each
 * stands for. Probabilities and shares are from 0 to 1; σ are standard deviations.
 *
 * | constant | unit | what it means, and why this much |
 * | --- | --- | --- |
 * | novelty.flatSpread | squared distance | a thousandth of a unit feature's length: rounding of single precision, nothing seen |
 * | novelty.leastSpread | share of the video's σ | a calm stretch counts as at most four times calmer than the video, else noise becomes change |
 * | novelty.fullZ | σ | three: were novelty noise, one boundary in a thousand; more is no clearer end |
 * | novelty.mostUnrest | of fullZ | a hard cut is far above: without a limit one cut would outweigh all other evidence |
 * | background.leastRemainder | length of a unit feature | what subtracting equal features leaves: rounding |
 * | whole.leastProbability | probability | one in fifty: a model that is surer than that is no more often right |
 * | edges.mostBoundaries | count | so many starts and ends are paired: ten thousand pairs are scored in milliseconds |
 * | edges.marginShare | share of the length | as wide as the outer contrast of proposals |
 * | description.differenceWeight | factor | differences of halves are half of what a change across the whole is: doubled they have its size |
 * | description.unlabelledLeast, -Most, -Share | count, count, share of proposals | the best fifth of a video stands for what happens in it: a clip has some, an hour does not outweigh all clips |
 * | description.reviewedMost | count | one every three seconds of ten minutes; the rest of a longer video says the same of background |
 * | review.shownScore | probability | one in ten is right: less is not worth a look |
 * | review.keptScore | probability | one in a hundred: what a person finds who lowers the threshold |
 * | review.sameTIoU | tIoU | half an overlap: two of one class are one action |
 * | score.untaught | log-odds | of 1, log-odds of quality, log P(class), log P(background): both evidences as they are; even odds for a sure class on a stretch of quality 0.69, where about four in ten are right on films of development seeds; without a correction nobody knows better |
 * | score.usual | log-odds | of the same and of |Δ|, Δ, Δ², Δ the log of length over the class's typical length: twice as long halves the odds, half as long leaves a quarter; learned anew from reviewed videos |
 * | score.precision | 1 / σ² of a weight | weights move by 0.45 before an example speaks |
 */
export const localisationConstants = {
  novelty: { flatSpread: 1e-6, leastSpread: 0.25, fullZ: 3, mostUnrest: 2 },
  background: { leastRemainder: 1e-3 },
  whole: { leastProbability: 0.02 },
  edges: { mostBoundaries: 100, marginShare: 0.25 },
  description: {
    differenceWeight: 2,
    unlabelledLeast: 30,
    unlabelledMost: 240,
    unlabelledShare: 0.2,
    reviewedMost: 200,
  },
  review: { shownScore: 0.1, keptScore: 0.01, sameTIoU: 0.5 },
  score: {
    untaught: [-0.8, 1, 1, 0],
    usual: [0.5, 0.7, 1, -0.1, -1.5, 0.5, 0],
    precision: 5,
  },
} as const;
