import { sameStretchTIoU } from '#preload/domain/same-stretch.ts';

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
 * | edges.leastBoundaries, -PerMinute | count | so many starts and ends are paired: as many a minute as a video may have proposals, and enough for a clip |
 * | edges.marginShare | share of the length | as wide as the outer contrast of proposals |
 * | edges.edgeWidth | samples | so far around an edge a head's curve is still of that edge: it is told where within a sample it is |
 * | description.differenceWeight | factor | differences of halves are half of what a change across the whole is: doubled they have its size |
 * | description.singleSamples | samples | in a span of up to two, a temporal module mostly tells what is around it: names are compared with the frames themselves |
 * | description.unlabelledLeast, -Most, -Share | count, count, share of proposals | the best fifth of a video stands for what happens in it, and of an hour one a minute: an hour does not outweigh all clips, and where little of it is action, most of more would be none |
 * | description.reviewedMost | count | one every three seconds of ten minutes; the rest of a longer video says the same of background |
 * | description.directions | count | directions kept of all blocks together: 13 of 128 in each of fourteen blocks lose nothing |
 * | description.leastSpread | variance | a thousandth of a unit feature's length: what differs by less is rounding of single precision, and is not made to matter |
 * | description.meanVariance | share of the variance of other blocks | half: a mean tells as much of who is seen and where as of what is done; what changes tells mostly of that |
 * | description.keptWhole | count | descriptors of up to so many numbers stay as they are where there are too few spans to find directions by |
 * | review.shownScore | probability | one in ten is right: less is not worth a look |
 * | review.keptScore | probability | three in a thousand: what a person finds who lowers the threshold, also before anything was corrected, when background counts threefold |
 * | review.sameTIoU | tIoU | half an overlap: two of one class are one action |
 * | score.untaught | log-odds | of 1, log-odds of quality, log P(class), log P(background): both evidences as they are; even odds for a sure class on a stretch of quality 0.69, where about four in ten are right on films of development seeds; without a correction nobody knows better |
 * | score.backgroundOdds | factor of odds | of background against all names, while no length of a segment is known: most of what is compared is no action, and names and background texts alone take each other for equally common |
 * | score.usual | log-odds | of the same and of |Δ|, Δ, Δ², Δ the log of length over the class's typical length: twice as long halves the odds, half as long leaves a quarter; learned anew from reviewed videos |
 * | score.lengthTold | times the typical length | up to four times as long, a stretch is likely several actions or one with what is beside it, as reviewed videos show again and again; of ten times and more they have hardly a proposal, so that shots of seconds say nothing of actions of minutes; what is ten times shorter and more is likely a part, whichever length it has |
 * | score.precision | 1 / σ² of a weight | weights move by 0.45 before an example speaks |
 */
export const localisationConstants = {
  novelty: { flatSpread: 1e-6, leastSpread: 0.25, fullZ: 3, mostUnrest: 2 },
  background: { leastRemainder: 1e-3 },
  whole: { leastProbability: 0.02 },
  edges: { leastBoundaries: 100, boundariesPerMinute: 20, marginShare: 0.25, edgeWidth: 2 },
  description: {
    differenceWeight: 2,
    singleSamples: 2,
    unlabelledLeast: 30,
    unlabelledMost: 60,
    unlabelledShare: 0.2,
    reviewedMost: 200,
    directions: 192,
    leastSpread: 1e-6,
    meanVariance: 0.5,
    keptWhole: 512,
  },
  review: { shownScore: 0.1, keptScore: 0.003, sameTIoU: 0.5 },
  score: {
    untaught: [-0.8, 1, 1, 0],
    backgroundOdds: 3,
    usual: [0.5, 0.7, 1, -0.1, -1.5, 0.5, 0],
    precision: 5,
    lengthTold: { fully: 4, not: 10 },
  },
} as const;

/**
 * What learning from corrections takes for granted. Weights of evidence are counts of shots, or of spans where it says so:
 * what is known beforehand counts as if so many had been seen.
 *
 * | constant | unit | what it means, and why this much |
 * | --- | --- | --- |
 * | shots.sameTIoU | tIoU | marks of one stretch: closer than this they are one shot |
 * | shots.restatesTIoU | tIoU | a rejected proposal that overlaps an accepted segment this much says "wrong edges", not "nothing here" |
 * | shots.backgroundS | s | as long as a usual action, so that background is told by what could be mistaken for one |
 * | shots.backgroundPerVideo | count | about as many as a video has segments: background is not to outweigh them |
 * | unlabelled.most | spans | from which classes inherit: more make no difference that shows |
 * | unlabelled.least | spans | without any correction classes inherit from so many or not at all: five clips' worth |
 * | inherited.sharedMean | spans | that the mean of all is worth for each class, a quarter of what a video adds: few spans tell more of their videos than of the name that points to them, and a name that nothing points to is like anything |
 * | inherited.mean | shots | that an inherited mean is worth: the third correction outweighs it |
 * | inherited.covariance | shots | that the covariance around inherited means is worth: a few shots show hardly any of its directions |
 * | typicalFit.shared | spans | that what is typical of all names is worth for each, most of what a video adds: names of a long list have few spans, by which they would differ more than they do |
 * | typicalFit.unlabelled | shots | that what unlabelled spans say of a name is worth, as for means |
 * | points.showsTIoU | tIoU | a proposal of a reviewed video shows a class where it overlaps a segment of it by half |
 * | points.proposals | shots | such proposals of a video and class are worth half of one, all together: they are near copies of the segment |
 * | points.halfBackground | shots | of background that are trusted by half: background is everything else, and a rejection or two, taken for the whole, cost more than they bring |
 * | weights.usual | factor of logits | of the names, of the discriminant, and its shrinkage: the middle of what development seeds chose; held-back corrections move it |
 * | weights.choices | factor of logits | steps of two to three around the usual, until one of both sides says next to nothing |
 * | weights.folds | count | held back in turn, as cross-validation usually does: each costs a covariance |
 * | newcomers.liftedText | factor of logits | of a name without shots beside the discriminant's guess: the usual weight of a name |
 * | newcomers.mostRarity | log-odds | a name with shots is taken to be at most three times as common as one without: of a list of which less than a sixth was ever corrected, nobody can tell what is absent and what was not reached |
 * | newcomers.parts | count | of the corrected classes, held back in turn |
 * | examples.classesPerProposal | count | as when videos are localised |
 * | examples.mostVideos | count | reviewed videos that a score is learned from: more than enough for its seven weights |
 * | examples.rightTIoU | tIoU | from which a proposal begins to be an occurrence, and from which it is one: what mAP@0.3:0.7 counts |
 * | examples.videoWorth | examples | proposals of a video overlap and share its scene: together they count as so many independent ones, a few for each segment |
 * | examples.leastVideos, -folds | count | with fewer reviewed videos nothing can be checked on others; held back in turn |
 * | examples.sharedLength | segments | that the mean length over all classes is worth for a class |
 * | order.chance | neighbours | that chance is worth for each class: a few are no rule |
 * | order.mostTimes | factor of odds | a neighbour makes nothing more than five times likelier, or less likely |
 * | order.exponents | – | of each of both rules: none, half, all of it |
 * | order.leastVideos, -mostVideos | count | of fewer reviewed videos some seem to keep a rule by chance; more make it no surer |
 * | order.sureErrors | standard errors | that a gain must be worth: with one, some of the eight rules that are tried would pass by chance |
 * | order.leastShare | probability | a neighbour is not taken for classes less likely than one in a hundred |
 * | carried.choices | factor | what held-back corrections may leave of the worth of points of another project |
 * | carried.halving | shots of a class | own ones that halve the worth of carried points: they tell of other footage |
 */
export const learningConstants = {
  shots: { sameTIoU: sameStretchTIoU, restatesTIoU: 0.1, backgroundS: 3, backgroundPerVideo: 8 },
  unlabelled: { most: 2000, least: 150 },
  inherited: { sharedMean: 8, mean: 2, covariance: 30 },
  typicalFit: { shared: 20, unlabelled: 2 },
  points: { showsTIoU: 0.5, proposals: 0.5, halfBackground: 4 },
  weights: {
    usual: { text: 0.6, discriminant: 0.1, shrinkage: 0.3 },
    choices: {
      shrinkage: [0.1, 0.3, 0.6],
      discriminant: [0.025, 0.05, 0.1, 0.2, 0.4],
      text: [0.15, 0.3, 0.6, 1],
    },
    folds: 5,
  },
  newcomers: { liftedText: 0.6, mostRarity: 1.1, parts: 5 },
  examples: {
    classesPerProposal: 4,
    mostVideos: 20,
    rightTIoU: { from: 0.3, fully: 0.7 },
    videoWorth: 20,
    leastVideos: 4,
    folds: 3,
    sharedLength: 2,
  },
  order: {
    chance: 4,
    mostTimes: 5,
    exponents: [0, 0.5, 1],
    leastVideos: 8,
    mostVideos: 20,
    sureErrors: 2,
    leastShare: 0.01,
  },
  carried: { choices: [1, 0.3, 0.1], halving: 4 },
} as const;
