import { learningConstants } from '../propose/localisation-constants.ts';
import {
  reachOf,
  type BoundaryBatch,
  type BoundaryHeadShape,
  type BoundaryTargets,
} from '#native-models/boundary-head/boundary-head.ts';
import { overlapUs, temporalIoU, type Span } from '#preload/domain/span.ts';
import type { LearnedBoundaries } from '../propose/learned-boundaries.ts';
import type { Correction, ReviewedVideo } from './training-shots.ts';

/** What the head sees of a video: its features and what training-free localisation makes of them. */
export interface BoundaryVideo {
  /** `[N, D]` unit rows. */
  readonly features: Float32Array;
  readonly dim: number;
  /** `[N + 1]` sample boundaries, microseconds. */
  readonly edgesUs: Float64Array;
  /** `[N]`. */
  readonly actionness: Float64Array;
  /** `[N]` z-scores. */
  readonly novelty: Float64Array;
  /** What a head that the model brings along says of it; null without one. */
  readonly own: LearnedBoundaries | null;
}

/** What people have decided in a video. */
export interface BoundaryLabels {
  readonly accepted: readonly Span[];
  readonly rejected: readonly Span[];
  /** The whole of it, where it is reviewed completely. */
  readonly reviewed: Span | null;
}

const { restatesTIoU } = learningConstants.shots;

/** Corrections of all videos and classes as the labels of one video. */
export function boundaryLabels(
  videoId: number,
  corrections: readonly Correction[],
  reviewed: readonly ReviewedVideo[],
): BoundaryLabels {
  const own = corrections.filter((correction) => correction.videoId === videoId);
  const accepted = own.filter(({ decision }) => decision === 'accepted');
  const rejected = own.filter(({ decision }) => decision === 'rejected');
  return {
    accepted,
    rejected: rejected.filter((span) => accepted.every((other) => temporalIoU(other, span) <= restatesTIoU)),
    reviewed: reviewed.find((video) => video.videoId === videoId)?.span ?? null,
  };
}

/** Features, their change, actionness and novelty of each sample. */
export const boundaryInputWidth = (dim: number): number => 2 * dim + 2;

const logit = (p: number): number =>
  Math.log(Math.min(Math.max(p, 0.01), 0.99) / (1 - Math.min(Math.max(p, 0.01), 0.99)));

/** All samples of a video as one stretch. The head begins at what the model's own says, where there is one. */
export function boundaryInput({ features, dim, actionness, novelty, own }: BoundaryVideo): BoundaryBatch {
  const length = actionness.length;
  const width = boundaryInputWidth(dim);
  const inputs = new Float32Array(length * width);
  const priors = new Float32Array(length * 3);
  for (let sample = 0; sample < length; sample += 1) {
    const row = inputs.subarray(sample * width, (sample + 1) * width);
    for (let at = 0; at < dim; at += 1) {
      const value = features[sample * dim + at]!;
      row[at] = value;
      row[dim + at] = sample === 0 ? 0 : value - features[(sample - 1) * dim + at]!;
    }
    row[2 * dim] = actionness[sample]!;
    row[2 * dim + 1] = novelty[sample]!;
    priors.set(
      own === null
        ? [logit(actionness[sample]!), novelty[sample]!, novelty[sample]!]
        : [own.action[sample]!, own.start[sample]!, own.end[sample]!].map(logit),
      sample * 3,
    );
  }
  return { count: 1, length, inputs, priors };
}

/** The region around an edge is as long as this many samples, or this share of the segment (BMN, Lin et al. 2019). */
const edgeSamples = 3;
const edgeShare = 0.1;

/**
 * Targets `[N, 3]` and where they count, `[N, 3]` of 0 and 1: only time that a person has looked at. Beside a
 * completely reviewed video that is accepted segments with a little on both sides, and rejected proposals, which say
 * that no action is on, and nothing of edges.
 */
export function boundaryTargets(
  { edgesUs }: BoundaryVideo,
  { accepted, rejected, reviewed }: BoundaryLabels,
): { readonly targets: Float32Array; readonly known: Float32Array } {
  const length = edgesUs.length - 1;
  const targets = new Float32Array(length * 3);
  const known = new Float32Array(length * 3);
  for (let sample = 0; sample < length; sample += 1) {
    const cell = { startUs: edgesUs[sample]!, endUs: edgesUs[sample + 1]! };
    const share = (span: Span): number => overlapUs(cell, span) / (cell.endUs - cell.startUs);
    const cellUs = cell.endUs - cell.startUs;
    const around = (edgeUs: number, { startUs, endUs }: Span): Span => {
      const half = Math.max(edgeSamples * cellUs, edgeShare * (endUs - startUs)) / 2;
      return { startUs: edgeUs - half, endUs: edgeUs + half };
    };
    const at = sample * 3;
    for (const segment of accepted) {
      const edges = [around(segment.startUs, segment), around(segment.endUs, segment)];
      if (share(segment) > 0.5) targets[at] = 1;
      edges.forEach((edge, which) => share(edge) > 0.5 && (targets[at + 1 + which] = 1));
      const wide = { startUs: edges[0]!.startUs - cellUs, endUs: edges[1]!.endUs + cellUs };
      if (share(wide) > 0.5) known.fill(1, at, at + 3);
    }
    if (reviewed !== null && share(reviewed) > 0.5) known.fill(1, at, at + 3);
    if (rejected.some((span) => share(span) > 0.5)) known[at] = 1;
  }
  return { targets, known };
}

/**
 * Cells' worth in the loss, so that the rare positive ones of each curve weigh as much as all others together (BMN's
 * weighted logistic loss). A curve with no positive cell, or no other, is left out.
 * @param stretches each `[3, T]`, curve by curve, of a T of its own.
 * @returns a weight a cell, in the same shapes.
 */
export function boundaryWeights(
  stretches: readonly { readonly targets: Float32Array; readonly known: Float32Array }[],
): Float32Array[] {
  const weights = stretches.map(({ known }) => new Float32Array(known.length));
  for (let curve = 0; curve < 3; curve += 1) {
    let positive = 0;
    let all = 0;
    for (const { targets, known } of stretches) {
      for (let at = curve; at < known.length; at += 3) {
        all += known[at]!;
        positive += known[at]! * targets[at]!;
      }
    }
    if (positive === 0 || positive === all) continue;
    stretches.forEach(({ targets, known }, stretch) => {
      for (let at = curve; at < known.length; at += 3) {
        weights[stretch]![at] = (known[at]! * 0.5) / (targets[at] === 1 ? positive : all - positive);
      }
    });
  }
  return weights;
}

/** Samples `[start, end)` of one of several videos. */
interface Stretch {
  readonly video: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Videos cut down to what is known of them, with what the head sees around it, as one row; where a video ends, nothing
 * stands between it and the next. A few corrections cost a few samples a step, however long their videos are.
 *
 * @param shape of the head that is trained.
 */
export function knownStretches(
  videos: readonly { readonly input: BoundaryBatch; readonly targets: Float32Array; readonly weights: Float32Array }[],
  shape: BoundaryHeadShape,
): BoundaryBatch & BoundaryTargets {
  const reach = reachOf(shape);
  const stretches = videos.flatMap(({ weights }, video) =>
    stretchesOf(weights, reach).map((one) => ({ video, ...one })),
  );
  const length = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  const cut = (rowWidth: number, of: (video: number) => Float32Array): Float32Array => {
    const all = new Float32Array(length * rowWidth);
    let at = 0;
    for (const { video, start, end } of stretches) {
      const from = Math.max(0, start);
      all.set(of(video).subarray(from * rowWidth, end * rowWidth), (at + from - start) * rowWidth);
      at += end - start;
    }
    return all;
  };
  return {
    count: 1,
    length,
    inputs: cut(shape.width, (video) => videos[video]!.input.inputs),
    priors: cut(3, (video) => videos[video]!.input.priors),
    targets: cut(3, (video) => videos[video]!.targets),
    weights: cut(3, (video) => videos[video]!.weights),
  };
}

/** Stretches around samples that count, from before a video's first sample to behind its last where those do. @param weights `[N, 3]`. */
function stretchesOf(weights: Float32Array, reach: number): Omit<Stretch, 'video'>[] {
  const stretches: { start: number; end: number }[] = [];
  for (let sample = 0; sample < weights.length / 3; sample += 1) {
    if (weights.subarray(sample * 3, sample * 3 + 3).every((weight) => weight === 0)) continue;
    const last = stretches.at(-1);
    if (last !== undefined && sample - reach <= last.end) last.end = sample + reach + 1;
    else stretches.push({ start: sample - reach, end: sample + reach + 1 });
  }
  return stretches;
}

/** The head's probabilities `[N, 3]` as curves; those of edges move from samples to the boundaries between them. */
export function learnedBoundaries(probabilities: Float32Array, longestS: number): LearnedBoundaries {
  const length = probabilities.length / 3;
  const at = (sample: number, curve: number): number =>
    probabilities[Math.min(Math.max(sample, 0), length - 1) * 3 + curve]!;
  const between = (curve: number): Float64Array =>
    Float64Array.from({ length: length + 1 }, (_, edge) => (at(edge - 1, curve) + at(edge, curve)) / 2);
  return {
    action: Float64Array.from({ length }, (_, sample) => at(sample, 0)),
    start: between(1),
    end: between(2),
    longestS,
  };
}
