import type { Agreement } from '#preload/contract/layers.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';
import { startsIn } from './common-parts.ts';
import { frameAgreement, type FramesOfTwo } from './frame-kappa.ts';
import { matchSpans, type LabelledSpan } from './match-spans.ts';

/** One video that both annotators have worked on. */
export interface VideoOfTwo {
  readonly frames: FrameTable;
  readonly a: readonly LabelledSpan[];
  readonly b: readonly LabelledSpan[];
  /** What both were asked for, in order and apart; null or left out: the whole video. */
  readonly parts?: readonly Span[] | null;
}

export const agreementTIoUs = [0.5, 0.7] as const;

/**
 * How far two annotators agree: segments matched one to one within their class, frames by Cohen's κ, how far the edges of
 * matched segments (tIoU 0.5) lie apart, and which class the one gave where the other gave another. Exchanging the two
 * exchanges precision and recall, the sign of deviations and the sides of the confusion, and nothing else. Where they
 * were asked for parts of a video, only frames of common parts and segments that start there count.
 */
export function agreementOf(
  whole: readonly VideoOfTwo[],
  classes: readonly { readonly id: number; readonly name: string }[],
): Agreement {
  const videos = whole.map((video) => {
    const isCommon = (span: LabelledSpan): boolean => startsIn(span, video.parts ?? null);
    return { ...video, a: video.a.filter(isCommon), b: video.b.filter(isCommon) };
  });
  const pairsAt = (tIoU: number) => videos.map(({ a, b }) => matchSpans(a, b, tIoU));
  const matched = agreementTIoUs.map((tIoU) => ({ tIoU, pairs: pairsAt(tIoU) }));
  const frames = frameAgreement(whole.flatMap(framesOfParts));
  const count = (side: 'a' | 'b', classId?: number): number =>
    videos.reduce(
      (sum, video) => sum + video[side].filter((span) => classId === undefined || span.classId === classId).length,
      0,
    );
  const matches = (classId?: number) =>
    matched.map(({ tIoU, pairs }) => {
      const found = pairs.reduce(
        (sum, of, index) =>
          sum + of.filter(({ a }) => classId === undefined || videos[index]!.a[a]!.classId === classId).length,
        0,
      );
      const [inA, inB] = [count('a', classId), count('b', classId)];
      return { tIoU, pairs: found, ...scores(found, inA, inB) };
    });
  const present = classes.filter(({ id }) => count('a', id) + count('b', id) > 0);
  const edges = matched[0]!.pairs.flatMap((pairs, index) =>
    pairs.map(({ a, b }) => {
      const [one, other] = [videos[index]!.a[a]!, videos[index]!.b[b]!];
      return { start: other.startUs - one.startUs, end: other.endUs - one.endUs };
    }),
  );
  return {
    videos: videos.length,
    segments: { a: count('a'), b: count('b') },
    matches: matches(),
    frames: frames.frames,
    sameFrames: frames.same,
    kappa: frames.kappa,
    classes: present.map(({ id, name }) => ({
      classId: id,
      name,
      segments: { a: count('a', id), b: count('b', id) },
      matches: matches(id),
      kappa: frames.kappaOfClass.get(id) ?? null,
    })),
    boundaries: {
      pairs: edges.length,
      start: deviation(edges.map(({ start }) => start)),
      end: deviation(edges.map(({ end }) => end)),
    },
    confusion: confusionOf(
      videos,
      present.map(({ id }) => id),
    ),
  };
}

/** The frames of each common part, counted from its first. */
function framesOfParts({ frames: table, a, b, parts }: VideoOfTwo): FramesOfTwo[] {
  const all = { startUs: table.firstStartUs, endUs: table.lastEndUs };
  return (parts ?? [all]).flatMap((part) => {
    const [startUs, endUs] = [Math.max(part.startUs, all.startUs), Math.min(part.endUs, all.endUs)];
    if (startUs >= endUs) return [];
    const within = table.frameRange({ startUs, endUs });
    const inFrames = (spans: readonly LabelledSpan[]) =>
      spans.flatMap(({ classId, ...span }) => {
        const of = table.frameRange(span);
        const startFrame = Math.max(of.startFrame, within.startFrame) - within.startFrame;
        const endFrame = Math.min(of.endFrame, within.endFrame) - within.startFrame;
        return startFrame < endFrame ? [{ classId, startFrame, endFrame }] : [];
      });
    return [{ frameCount: within.endFrame - within.startFrame, a: inFrames(a), b: inFrames(b) }];
  });
}

function scores(pairs: number, inA: number, inB: number) {
  const share = (of: number): number | null => (of === 0 ? null : pairs / of);
  // F1 is the same whoever is the reference: twice the pairs over all segments.
  return { precision: share(inB), recall: share(inA), f1: inA + inB === 0 ? null : (2 * pairs) / (inA + inB) };
}

function deviation(differencesUs: readonly number[]): Agreement['boundaries']['start'] {
  if (differencesUs.length === 0) return null;
  const sorted = differencesUs.map(Math.abs).sort((x, y) => x - y);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = sorted.length / 2;
  return {
    meanUs: mean(differencesUs),
    meanAbsoluteUs: mean(sorted),
    medianAbsoluteUs: (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2,
    maximumUs: sorted.at(-1)!,
  };
}

/** `[K + 1, K + 1]` counts of segments matched at tIoU 0.5 whatever their class; the last row and column are unmatched. */
function confusionOf(videos: readonly VideoOfTwo[], classIds: readonly number[]): Agreement['confusion'] {
  const index = new Map(classIds.map((id, at) => [id, at]));
  const none = classIds.length;
  const counts = Array.from({ length: none + 1 }, () => Array.from({ length: none + 1 }, () => 0));
  const add = (a: number | undefined, b: number | undefined): void => {
    const [row, column] = [a === undefined ? none : index.get(a), b === undefined ? none : index.get(b)];
    if (row !== undefined && column !== undefined) counts[row]![column]! += 1;
  };
  for (const { a, b } of videos) {
    // The same class goes first: another one that overlaps more is no confusion where both saw both.
    const same = matchSpans(a, b, agreementTIoUs[0]);
    const [sameA, sameB] = [new Set(same.map((pair) => pair.a)), new Set(same.map((pair) => pair.b))];
    const [restA, restB] = [a.filter((_, at) => !sameA.has(at)), b.filter((_, at) => !sameB.has(at))];
    const other = matchSpans(restA, restB, agreementTIoUs[0], () => true);
    const [otherA, otherB] = [new Set(other.map((pair) => pair.a)), new Set(other.map((pair) => pair.b))];
    for (const pair of same) add(a[pair.a]!.classId, b[pair.b]!.classId);
    for (const pair of other) add(restA[pair.a]!.classId, restB[pair.b]!.classId);
    for (const [at, span] of restA.entries()) if (!otherA.has(at)) add(span.classId, undefined);
    for (const [at, span] of restB.entries()) if (!otherB.has(at)) add(undefined, span.classId);
  }
  return { classIds: [...classIds], counts };
}
