import { recognitionMetrics } from '#main/evaluate/recognition-metrics.ts';
import { classifySpan, type RecognitionOptions } from '#main/pipeline/classify/classify-span.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import type { Span } from '#preload/domain/span.ts';
import type { ActionSpan } from './filmed-video.ts';
import type { Measurements } from './measurements.ts';
import { motionPairs, novelActions, seenActions } from './rendered-videos.ts';
import type { NamedClasses, SeenVideo } from './rendered-world.ts';

export const recognition = 'recognition';
export const seenSplit = `${seenActions.length} seen actions`;
export const novelSplit = `${novelActions.length} novel actions among themselves`;
const novelAmongAllSplit = `novel actions among all ${seenActions.length + novelActions.length}`;
export const pairsSplit = 'an action or its reverse';

/** What of a trimmed action is looked at. */
type View = 'middle frame' | 'mean of frames' | 'temporal module';
export const temporalView: View = 'temporal module';

/** A trimmed action. */
export interface TrimmedAction {
  readonly video: SeenVideo;
  readonly action: ActionSpan;
}

export const trimmedActions = (videos: readonly SeenVideo[]): TrimmedAction[] =>
  videos.flatMap((video) => video.actions.map((action) => ({ video, action })));

/** Probabilities `[K]` of the classes in a stretch of video, as the studio recognises it. */
export function probabilitiesIn(
  video: SeenVideo,
  span: Span,
  classSet: ClassSet,
  options: Pick<RecognitionOptions, 'denseFeatures'> = {},
): Float64Array {
  const count = classSet.classEmbeddings.length / video.analysis.dim;
  const probabilities = new Float64Array(count);
  for (const { classIndex, probability } of classifySpan(video.analysis, classSet, { ...options, span, top: count }))
    probabilities[classIndex] = probability;
  return probabilities;
}

/** Zero-shot recognition of trimmed actions, by one frame, by all and, where there is one, by the temporal module. */
export function measureZeroShot(
  clips: readonly SeenVideo[],
  novelVideos: readonly SeenVideo[],
  classes: { readonly seen: NamedClasses; readonly novel: NamedClasses; readonly all: NamedClasses },
  views: readonly View[],
  measurements: Measurements,
): void {
  const ofClips = trimmedActions(clips);
  const ofVideos = trimmedActions(novelVideos);
  for (const view of views) {
    const measure = (split: string, trimmed: readonly TrimmedAction[], known: NamedClasses): void => {
      const own = trimmed.filter(({ action }) => known.classIds.includes(action.classId));
      const scores = own.flatMap((one) => [...viewed(one, view, known)]);
      const { top1, top5 } = recognitionMetrics(
        scores,
        own.map(({ action }) => known.classIds.indexOf(action.classId)),
      );
      const about = { task: recognition, split, shots: 0, method: `zero-shot, ${view}` };
      measurements.add({ ...about, metric: 'top-1' }, top1);
      measurements.add({ ...about, metric: 'top-5' }, top5);
    };
    measure(seenSplit, ofClips, classes.seen);
    measure(novelSplit, ofVideos, classes.novel);
    measure(novelAmongAllSplit, ofVideos, classes.all);
    const about = { task: recognition, split: pairsSplit, shots: 0, method: `zero-shot, ${view}` };
    const scored = ofClips.map((one) => ({ classId: one.action.classId, row: viewed(one, view, classes.seen) }));
    measurements.add({ ...about, metric: 'two-way accuracy' }, pairAccuracy(scored, classes.seen.classIds));
  }
}

/** How often an action that has a reverse scores above it; ties are wrong. Rows `[K]` are in the order of `classIds`. */
export function pairAccuracy(
  scored: readonly { readonly classId: number; readonly row: ArrayLike<number> }[],
  classIds: readonly number[],
): number {
  const rivals = new Map(motionPairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
  const paired = scored.filter(({ classId }) => rivals.has(classId));
  const right = paired.filter(
    ({ classId, row }) => row[classIds.indexOf(classId)]! > row[classIds.indexOf(rivals.get(classId)!)]!,
  );
  return right.length / paired.length;
}

function viewed({ video, action }: TrimmedAction, view: View, { classSet }: NamedClasses): Float64Array {
  if (view === 'temporal module') return probabilitiesIn(video, action, classSet, { denseFeatures: video.seen });
  if (view === 'mean of frames') return probabilitiesIn(video, action, classSet);
  const middleUs = Math.round((action.startUs + action.endUs) / 2);
  return probabilitiesIn(video, { startUs: middleUs, endUs: middleUs + 1 }, classSet);
}
