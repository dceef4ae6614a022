import { localise, type LocalisationExtras } from '../classify/localise.ts';
import { blockBasis, type BlockBasis } from '../learn/block-basis.ts';
import { describeSpans, unlabelledCount, unlabelledDescriptors, videoEvidence } from '../learn/describe-video.ts';
import type { ProjectEvidence } from '../learn/evidence.ts';
import { groundOf } from '../learn/ground.ts';
import { learn } from '../learn/learn.ts';
import type { Taught } from '../learn/learn-from-project.ts';
import { SpanDescriber } from '../learn/span-descriptor.ts';
import { unlabelledPool } from '../learn/unlabelled-pool.ts';
import type { FeatureAnalysis } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { defaultLocalisationSettings } from '../propose/localisation-settings.ts';
import { proposeSegments, type Proposal, type ProposedSegments } from '../propose/propose-segments.ts';
import { trainingShots, type Correction, type ReviewedVideo, type Shot } from '../tune/training-shots.ts';
import { withoutBoth } from './hold-back.ts';
import type { RankedVideo } from './ranked-segments.ts';
import { truthsOf, type Truth } from './truth.ts';

/** A video of the project, analysed. */
export interface JudgedVideo {
  readonly videoId: number;
  readonly analysis: FeatureAnalysis;
  /** `[N, D]` features that classes are told apart by; the video's own without a temporal module. */
  readonly features: Float32Array;
}

/** What a project's corrections are judged by. */
export interface JudgedInput {
  readonly classIds: readonly number[];
  /** The names by themselves. */
  readonly names: ClassSet;
  /** Corrected and reviewed videos, and others of the project beside them. */
  readonly videos: readonly JudgedVideo[];
  readonly corrections: readonly Correction[];
  readonly reviewed: readonly ReviewedVideo[];
}

/** What is held back together: videos, or classes. */
export type HeldOut = readonly number[];

/** At most this many parts: with more videos, several are held back together. */
const mostFolds = 5;

/**
 * A project in which corrections can be held back: lessons are learned without them, and what was held back is localised
 * with the lesson. Stage 1 and descriptors are computed once.
 */
export class JudgedProject {
  readonly input: JudgedInput;
  readonly shots: readonly Shot[];
  /** Corrected videos that can be judged, in the order of their ids. */
  readonly truths: readonly Truth[];
  readonly dim: number;
  readonly #proposed: ReadonlyMap<number, ProposedSegments>;
  readonly #pool: ReadonlySet<number>;
  readonly #basis: BlockBasis;
  #byNames: ProjectEvidence | null = null;
  readonly #taughtWithout = new Map<string, Taught>();

  constructor(input: JudgedInput) {
    const videos = input.videos.toSorted((a, b) => a.videoId - b.videoId);
    const known = new Set(videos.map(({ videoId }) => videoId));
    const corrections = input.corrections.filter(
      ({ videoId, classId }) => known.has(videoId) && input.classIds.includes(classId),
    );
    const reviewed = input.reviewed.filter(({ videoId }) => known.has(videoId));
    this.input = { ...input, videos, corrections, reviewed };
    this.dim = videos[0]?.analysis.dim ?? 0;
    this.shots = trainingShots(corrections, reviewed);
    this.truths = truthsOf(corrections, reviewed, input.classIds);
    this.#proposed = new Map(
      videos.map(({ videoId, analysis, features }) => [
        videoId,
        proposeSegments(
          analysis,
          input.names,
          defaultLocalisationSettings.proposal,
          null,
          features === analysis.features ? null : features,
        ),
      ]),
    );
    const pool = unlabelledPool(videos, (video) => unlabelledCount(this.#proposalsOf(video).length));
    this.#pool = new Set(pool.map(({ videoId }) => videoId));
    this.#basis = blockBasis(
      pool.map((video) =>
        unlabelledDescriptors(
          { proposals: this.#proposalsOf(video) },
          new SpanDescriber(video.features, this.dim, plainOf(video)),
        ),
      ),
      this.dim,
    );
  }

  /** Videos with corrections in parts, each to be held back in turn; empty where there is only one such video. */
  videoFolds(): HeldOut[] {
    const ids = this.truths.map(({ videoId }) => videoId);
    if (ids.length < 2) return [];
    const count = Math.min(mostFolds, ids.length);
    return Array.from({ length: count }, (_, fold) => ids.filter((_id, index) => index % count === fold));
  }

  /** All that is known, with names as they are by themselves. */
  evidence(): ProjectEvidence {
    return (this.#byNames ??= this.evidenceBy(this.input.names, new Map()));
  }

  /** All that is known, with names read as `classSet` says, and compared with `named` features where it gives some. */
  evidenceBy(classSet: ClassSet, named: ReadonlyMap<number, Float32Array>): ProjectEvidence {
    const { classIds, reviewed } = this.input;
    const videos = this.input.videos.map((video) => {
      const { videoId, analysis, features } = video;
      const describer = new SpanDescriber(features, this.dim, plainOf(video), named.get(videoId));
      return videoEvidence(
        { videoId, grid: analysis.grid, proposals: this.#proposalsOf(video) },
        (ranges) => describeSpans(ranges, describer, this.#basis, classSet),
        {
          classIds,
          isInPool: this.#pool.has(videoId),
          shots: this.shots.filter((shot) => shot.videoId === videoId),
          reviewed: reviewed.find((one) => one.videoId === videoId) ?? null,
        },
      );
    });
    return {
      classIds,
      backgroundCount: classSet.backgroundEmbeddings.length / Math.max(1, this.dim),
      videos,
      // Whatever is held back of the corrections, what nobody has looked at stays.
      ground: groundOf(videos, classIds.length),
    };
  }

  learnFrom(evidence: ProjectEvidence): Taught {
    return { ...learn(evidence), basis: this.#basis };
  }

  /** What is learned beside the names by themselves while some videos are held back, and some classes: each lesson once. */
  taughtWithout(videos: HeldOut, classes: HeldOut = []): Taught {
    const key = JSON.stringify([videos, classes]);
    const taught = this.#taughtWithout.get(key) ?? this.learnFrom(withoutBoth(this.evidence(), videos, classes));
    this.#taughtWithout.set(key, taught);
    return taught;
  }

  /** Localises corrected videos; nothing in `extras` may have seen them. */
  ranked(
    videoIds: readonly number[],
    classSet: ClassSet,
    extrasOf: (video: JudgedVideo) => LocalisationExtras,
  ): RankedVideo[] {
    return this.truths
      .filter(({ videoId }) => videoIds.includes(videoId))
      .map((truth) => {
        const video = this.input.videos.find(({ videoId }) => videoId === truth.videoId)!;
        const extras = extrasOf(video);
        const { segments } = localise(video.analysis, classSet, defaultLocalisationSettings, {
          ...(extras.boundaries === undefined ? { proposed: this.#proposed.get(video.videoId)! } : {}),
          ...(plainOf(video) === null ? {} : { denseFeatures: video.features }),
          ...extras,
        });
        return { truth, segments };
      });
  }

  #proposalsOf({ videoId }: JudgedVideo): readonly Proposal[] {
    return this.#proposed.get(videoId)!.proposals;
  }
}

/** `[N, D]` features that a temporal module made a video's from; null without one. */
const plainOf = ({ analysis, features }: JudgedVideo): Float32Array | null =>
  features === analysis.features ? null : analysis.features;

/** Rankings of several folds as one, in the order of the videos. */
export const joinFolds = (folds: readonly (readonly RankedVideo[])[]): RankedVideo[] =>
  folds.flat().toSorted((a, b) => a.truth.videoId - b.truth.videoId);
