import type { ClassSet } from '../propose/class-set.ts';
import { trainingShots, type Correction, type ReviewedVideo } from '../tune/training-shots.ts';
import { carriedTo, type CarriedLesson } from './carried-lesson.ts';
import { blockBasis, type BlockBasis } from './block-basis.ts';
import {
  describeSpans,
  unlabelledCount,
  unlabelledDescriptors,
  videoEvidence,
  type ProposedVideo,
} from './describe-video.ts';
import { learn, type Lesson } from './learn.ts';
import { SpanDescriber } from './span-descriptor.ts';
import { unlabelledPool } from './unlabelled-pool.ts';

/** All videos of a project that have been through stage 1, and what a person has decided in them. */
export interface Project {
  /** D. */
  readonly dim: number;
  readonly classIds: readonly number[];
  /** The names, in the order of `classIds`. */
  readonly classSet: ClassSet;
  readonly videos: readonly ProposedVideo[];
  readonly corrections: readonly Correction[];
  readonly reviewed: readonly ReviewedVideo[];
  /** What corrections of another project taught, and what the classes are looked for by here. */
  readonly carried?: { readonly lesson: CarriedLesson; readonly prompts: readonly string[] };
}

/** What localisation and recognition need of a lesson; the same for every video. */
export interface Taught extends Lesson {
  readonly basis: BlockBasis;
}

/** Learns from a project that is in memory as a whole. */
export function learnFromProject({
  dim,
  classIds,
  classSet,
  videos,
  corrections,
  reviewed,
  carried: imported,
}: Project): Taught {
  const carried = imported === undefined ? null : carriedTo(imported.lesson, imported.prompts);
  const known = new Set(videos.map(({ videoId }) => videoId));
  const shots = trainingShots(
    corrections.filter(({ videoId, classId }) => known.has(videoId) && classIds.includes(classId)),
    reviewed.filter(({ videoId }) => known.has(videoId)),
  );
  const ordered = videos.toSorted((a, b) => a.videoId - b.videoId);
  const describers = new Map(ordered.map((video) => [video, new SpanDescriber(video.features, dim, video.plain)]));
  const pool = new Set(unlabelledPool(ordered, ({ proposals }) => unlabelledCount(proposals.length)));
  const basisOf = (): BlockBasis =>
    blockBasis(
      [...pool].map((video) => unlabelledDescriptors(video, describers.get(video)!)),
      dim,
    );
  // What comes from elsewhere is told in the terms of a basis of its own.
  const basis = carried === null ? basisOf() : imported!.lesson.basis;
  const evidence = ordered.map((video) =>
    videoEvidence(video, (ranges) => describeSpans(ranges, describers.get(video)!, basis, classSet), {
      classIds,
      isInPool: pool.has(video),
      shots: shots.filter(({ videoId }) => videoId === video.videoId),
      reviewed: reviewed.find(({ videoId }) => videoId === video.videoId) ?? null,
    }),
  );
  const backgroundCount = classSet.backgroundEmbeddings.length / dim;
  return { ...learn({ classIds, backgroundCount, videos: evidence, carried }), basis };
}
