import type { Localisation, LocalisationExtras } from '#main/pipeline/classify/localise.ts';
import { localise } from '#main/pipeline/classify/localise.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import type { FeatureAnalysis } from '#main/pipeline/propose/analyse-features.ts';
import { defaultLocalisationSettings } from '#main/pipeline/propose/localisation-settings.ts';
import { ownModuleAt } from './own-module.ts';
import { seenBy } from './seen-features.ts';
import { boundariesSeen, taughtClassesOf, type WithTaught } from './taught.ts';
import { clipOpinion, type ScoredInput } from './clip-opinion.ts';
import type { Kept, WithScorers } from '../memory/ports.ts';
import type { LocalisationInput } from '../vocabulary.ts';

export interface LocalisedVideo {
  readonly localisation: Localisation;
  /** `[N]` times of the features that the curves belong to, microseconds. */
  readonly timesUs: Float64Array;
  readonly warnings: readonly string[];
}

export interface WithLocalisations extends WithTaught, WithScorers {
  /** The last answers. */
  readonly localisations: Kept<LocalisedVideo>;
}

/**
 * Localises the classes in a video from its stored features. The last few answers are kept: a person sees segments and
 * curves of one answer. Fails with `not-found` where the features are not complete.
 */
export async function localisationOf(
  memory: WithLocalisations,
  input: LocalisationInput,
  signal: AbortSignal,
): Promise<LocalisedVideo> {
  const { media, model, featuresFolder, classes, settings, scorer = null, taught = null } = input;
  const key = await memory.models.featureKey(media.checksum, model, settings.samplingFps);
  const prompts = classes.map(({ prompt }) => prompt);
  const question = JSON.stringify([
    featuresFolder,
    key,
    model.provider,
    ownModuleAt(await memory.models.facts(model), settings.samplingFps),
    prompts,
    settings.templates,
    settings.backgroundTexts,
    taught,
    scorer === null ? null : [scorer, (await memory.scorers.facts(scorer.model)).hash],
  ]);
  const known = memory.localisations.get(question);
  if (known) return known;
  const video = await memory.videos.of(featuresFolder, key, media);
  signal.throwIfAborted();
  const taughtClasses = await taughtClassesOf(memory, input);
  const { classSet, adapter, version, warnings } = taughtClasses;
  const boundaries = await boundariesSeen(memory, taughtClasses, video.analysis);
  const { features: plain, timesUs } = video.features;
  const dense = classes.length === 0 ? plain : await seenBy(memory, model, null, plain, key);
  const named = classes.length === 0 ? plain : await seenBy(memory, model, version, plain, key);
  const learned = {
    ...(adapter === null ? {} : { adapter }),
    ...(boundaries === null ? {} : { boundaries }),
    ...(dense === plain ? {} : { denseFeatures: dense }),
    ...(named === dense ? {} : { namedFeatures: named }),
  };
  signal.throwIfAborted();
  const answer =
    scorer === null
      ? { localisation: localise(video.analysis, classSet, defaultLocalisationSettings, learned), timesUs, warnings }
      : await scoredByClips(memory, { ...input, scorer }, video.analysis, classSet, learned, signal);
  memory.localisations.set(question, answer, 1);
  return answer;
}

/** The same proposals with what a scorer of clips says of them. */
async function scoredByClips(
  memory: WithLocalisations,
  input: ScoredInput,
  analysis: FeatureAnalysis,
  classSet: ClassSet,
  learned: LocalisationExtras,
  signal: AbortSignal,
): Promise<LocalisedVideo> {
  const byFeatures = await localisationOf(memory, { ...input, scorer: null }, signal);
  const proposed = byFeatures.localisation;
  const { opinion, warnings } = await clipOpinion(memory, input, proposed.proposals);
  signal.throwIfAborted();
  const localisation = localise(analysis, classSet, defaultLocalisationSettings, { ...learned, proposed, opinion });
  return { localisation, timesUs: byFeatures.timesUs, warnings: [...byFeatures.warnings, ...warnings] };
}
