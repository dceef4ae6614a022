import { actionness, frameProbabilities, type FrameProbabilities } from './actionness.ts';
import type { FeatureAnalysis } from './analyse-features.ts';
import type { ClassSet } from './class-set.ts';
import { gaussianSmooth } from './curves.ts';
import { frameLogits } from './frame-logits.ts';
import { defaultLocalisationSettings, type ProposalSettings } from './localisation-settings.ts';

/** What the sampled frames of a video show. */
export interface ShownActions extends Pick<FrameProbabilities, 'perClass'> {
  /** `[N]` in [0, 1] of any class, smoothed. */
  readonly actionness: Float64Array;
}

/**
 * Of the classes at each sample, by the video's own features and, where there are `denseFeatures` `[N, D]` that temporal
 * modules made of them, by both: what each class looks like is then told by those.
 */
export function shownActions(
  analysis: FeatureAnalysis,
  classSet: ClassSet,
  { actionnessSigmaS }: Pick<ProposalSettings, 'actionnessSigmaS'> = defaultLocalisationSettings.proposal,
  denseFeatures: Float32Array | null = null,
): ShownActions {
  const { grid, dim } = analysis;
  const views = [analysis.frames, ...(denseFeatures === null ? [] : [analysis.denseFrames(denseFeatures)])].map(
    (frames) => frameProbabilities(frameLogits(frames, classSet, grid.count, dim)),
  );
  const seen = actionness(views.map(({ actionLogits }) => actionLogits));
  return {
    perClass: views.at(-1)!.perClass,
    actionness: gaussianSmooth(seen, actionnessSigmaS / grid.stepS),
  };
}
