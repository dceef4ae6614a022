import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { chosenSubset, withGroundTruthIds } from './match-videos.ts';
import type { ClipLabels } from './read-clip-labels.ts';
import { rankOfRight, type Rankings } from './read-rankings.ts';
import { topAccuracies, type RecognitionMetrics } from './recognition-metrics.ts';

/** How well whole clips were recognised, as the command line prints it. Shares are in [0, 1]. */
export interface RecognitionEvaluation extends RecognitionMetrics {
  readonly protocol: 'recognition';
  /** The part of the ground truth that was scored; `null` where it has no parts. */
  readonly subset: string | null;
  /** Over the clips of each class. */
  readonly per_class: Readonly<Record<string, RecognitionMetrics & { readonly clips: number }>>;
  readonly counts: {
    readonly clips: number;
    /** They count as wrong. */
    readonly clips_without_predictions: number;
    /** Predicted clips that the scored ground truth does not have; they do not count. */
    readonly unknown_clips: number;
  };
}

/** As classification is scored on Kinetics' and ActivityNet's validation sets. */
const preferredSubsets = ['validation', 'val'];

/**
 * Top-1 and top-5 accuracy of ranked classes. A clip of several classes is right with any of them; classes that tie with
 * the right one rank before it. Fails with `bad-input` where there is nothing to score.
 */
export function evaluateRecognition(
  clips: ClipLabels,
  predictions: Rankings,
  options: { readonly subset?: string } = {},
): RecognitionEvaluation {
  const matched = withGroundTruthIds(predictions, clips);
  if (matched.size < predictions.size)
    throw new Failure('bad-input', verbatim('The predictions name one clip twice, with “v_” before it and without.'));
  const subset = chosenSubset(clips, matched.keys(), preferredSubsets, options.subset);
  const scored = [...clips].filter(([, clip]) => clip.subset === subset);
  if (scored.length === 0)
    throw new Failure(
      'bad-input',
      verbatim('The ground truth has no clips with classes, so there is nothing to evaluate.'),
    );
  const ranked = scored.map(([id, { labels }]) => ({ labels, rank: rankOfRight(matched.get(id) ?? [], labels) }));
  const classes = [...new Set(ranked.flatMap(({ labels }) => [...labels]))].sort();
  return {
    protocol: 'recognition',
    subset,
    ...topAccuracies(ranked.map(({ rank }) => rank)),
    per_class: Object.fromEntries(
      classes.map((label) => {
        const ranks = ranked.filter(({ labels }) => labels.has(label)).map(({ rank }) => rank);
        return [label, { clips: ranks.length, ...topAccuracies(ranks) }];
      }),
    ),
    counts: {
      clips: scored.length,
      clips_without_predictions: scored.filter(([id]) => !matched.has(id)).length,
      unknown_clips: [...matched.keys()].filter((id) => clips.get(id)?.subset !== subset).length,
    },
  };
}
