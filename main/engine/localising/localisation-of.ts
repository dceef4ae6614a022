import type { ProposalOpinion, ScoredSegment } from '#main/pipeline/classify/classify-proposals.ts';
import { classifyWithin, localise, type Localisation } from '#main/pipeline/classify/localise.ts';
import { DescribedClassifier } from '#main/pipeline/learn/described-classifier.ts';
import { defaultLocalisationSettings } from '#main/pipeline/propose/localisation-settings.ts';
import type { Proposal } from '#main/pipeline/propose/propose-segments.ts';
import type { WithTexts } from '../memory/ports.ts';
import type { LocalisationInput } from '../vocabulary.ts';
import { classQuestion } from './class-question.ts';
import { clipOpinion } from './clip-opinion.ts';
import { clipWeightOf, type WithClipWeights } from './clip-weight-of.ts';
import { describedVideo } from './described-video.ts';
import { lessonOf, type TaughtProject, type WithLessons } from './lesson-of.ts';
import { openVideo, propose } from './staged-video.ts';
import type { WithTunedRows } from './tuned-classes.ts';
import type { Saying } from '#preload/domain/saying.ts';

export interface LocalisedVideo {
  readonly localisation: Localisation;
  /** `[N]` times of the features that the curves belong to, microseconds. */
  readonly timesUs: Float64Array;
  readonly warnings: readonly Saying[];
}

export type WithLocalisations = WithLessons & WithTexts & WithTunedRows & WithClipWeights;

/**
 * Localises the classes in a video from its stored features, with the curves behind it.  Fails with `not-found` where the features are not complete.
 */
export async function localisationOf(
  memory: WithLocalisations,
  input: LocalisationInput,
  signal: AbortSignal,
): Promise<LocalisedVideo> {
  const question = await classQuestion(memory, input);
  const lesson = await lessonOf(memory, input, question, signal);
  signal.throwIfAborted();
  const opened = await openVideo(memory, input, input.media, question, signal);
  const proposed = await propose(memory, opened, question);
  const { opinion, warnings } = await opinionOn(memory, input, proposed.proposals, lesson);
  signal.throwIfAborted();
  const { analysis, dense, named, timesUs } = opened;
  const localisation = localise(analysis, question.classSet, defaultLocalisationSettings, {
    proposed,
    ...(dense === analysis.features ? {} : { denseFeatures: dense }),
    ...(named === dense ? {} : { namedFeatures: named }),
    ...(lesson === null ? {} : { taught: lesson.taught }),
    ...(opinion === null ? {} : { opinion }),
  });
  return { localisation, timesUs, warnings: [...question.warnings, ...(lesson?.warnings ?? []), ...warnings] };
}

/**
 * A video's segments alone. Where it was localised before, its proposals are scored by what corrections teach now,
 * without its features being read.
 */
export async function segmentsIn(
  memory: WithLocalisations,
  input: LocalisationInput,
  signal: AbortSignal,
): Promise<{ readonly segments: readonly ScoredSegment[]; readonly warnings: readonly Saying[] }> {
  const question = await classQuestion(memory, input);
  const lesson = await lessonOf(memory, input, question, signal);
  signal.throwIfAborted();
  if (lesson === null) {
    const { localisation, warnings } = await localisationOf(memory, input, signal);
    return { segments: localisation.segments, warnings };
  }
  const described = await describedVideo(memory, input, input.media, question, lesson, [], signal);
  const { staged, table } = described.value;
  const { proposals, grid } = staged;
  const { opinion, warnings } = await opinionOn(memory, input, proposals, lesson);
  signal.throwIfAborted();
  const { mixture } = lesson.taught;
  const segments = classifyWithin(
    proposals,
    grid.edgesUs.at(-1)! - grid.edgesUs[0]!,
    new DescribedClassifier(table.ranges, table.spans, mixture, question.classIds.length),
    defaultLocalisationSettings.classification,
    { taught: lesson.taught, ...(opinion === null ? {} : { opinion }) },
  );
  return { segments, warnings: [...question.warnings, ...lesson.warnings, ...described.warnings, ...warnings] };
}

/** What a scorer of clips says of proposals, where the project has one. */
async function opinionOn(
  memory: WithLocalisations,
  input: LocalisationInput,
  proposals: readonly Proposal[],
  lesson: TaughtProject | null,
): Promise<{ readonly opinion: ProposalOpinion | null; readonly warnings: readonly Saying[] }> {
  const { scorer = null } = input;
  if (scorer === null) return { opinion: null, warnings: [] };
  const scored = { ...input, scorer };
  return clipOpinion(memory, scored, proposals, await clipWeightOf(memory, scored, lesson));
}
