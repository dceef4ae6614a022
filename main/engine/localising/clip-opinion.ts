import { defaultBackgroundTexts } from '#main/pipeline/propose/background-texts.ts';
import type { ProposalOpinion } from '#main/pipeline/classify/classify-proposals.ts';
import type { Proposal } from '#main/pipeline/propose/propose-segments.ts';
import { clipProbabilities } from '#main/pipeline/score-clips/clip-probabilities.ts';
import { opinionOf } from '#main/pipeline/score-clips/fuse-probabilities.ts';
import { shortClipWarning, type FrameRange } from '#main/pipeline/score-clips/clip-span.ts';
import { proposalsToScore } from '#main/pipeline/score-clips/proposals-to-score.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { WithScorers } from '../memory/ports.ts';
import type { LocalisationInput, ScorerChoice } from '../vocabulary.ts';
import type { Saying } from '#preload/domain/saying.ts';

export type ScoredInput = LocalisationInput & { readonly scorer: ScorerChoice };

/** Clips in memory at a time while stored ones are scored. */
const clipsPerScoring = 32;

/**
 * What a project's scorer says of proposals, from clips that `encodeClips` has stored. Fails with `not-found` where it
 * has not. @param weight of `clipWeightOf`.
 */
export async function clipOpinion(
  memory: WithScorers,
  input: ScoredInput,
  proposals: readonly Proposal[],
  weight: number,
): Promise<{ readonly opinion: ProposalOpinion; readonly warnings: readonly Saying[] }> {
  const { scorer } = input;
  const scored = proposalsToScore(proposals, FrameTable.fromArray(input.media.frames));
  const ranges = scored.map(({ range }) => range);
  const { probabilities, warnings } = await probabilitiesOf(memory, input, input.media.checksum, ranges);
  const said = new Map(scored.map(({ proposal }, index) => [proposal, probabilities[index]!]));
  const { frameCount } = await memory.scorers.facts(scorer.model);
  const short = shortClipWarning(ranges, frameCount);
  return {
    opinion: (proposal, fromFeatures) => opinionOf(scorer.mode, fromFeatures, said.get(proposal), weight),
    warnings: [...warnings, ...(short === null ? [] : [short])],
  };
}

/** Class probabilities `[K]` of a video's stored clips, background texts included in the softmax. */
export async function probabilitiesOf(
  memory: WithScorers,
  { featuresFolder, classes, settings, scorer }: Omit<ScoredInput, 'media'>,
  checksum: string,
  ranges: readonly FrameRange[],
): Promise<{ readonly probabilities: Float64Array[]; readonly warnings: readonly Saying[] }> {
  const background = settings.backgroundTexts.length > 0 ? settings.backgroundTexts : defaultBackgroundTexts;
  const texts = [...classes.map(({ prompt }) => prompt), ...background];
  const { rows, warnings } = await memory.scorers.encodeNames(scorer.model, texts);
  const store = await memory.scorers.storeOf(scorer.model, featuresFolder, checksum);
  const probabilities: Float64Array[] = [];
  for (let start = 0; start < ranges.length; start += clipsPerScoring) {
    const clips = await store.read(ranges.slice(start, start + clipsPerScoring));
    const logits = await memory.scorers.score(scorer.model, clips, rows);
    probabilities.push(...clipProbabilities(logits, texts.length, classes.length));
  }
  return { probabilities, warnings };
}
