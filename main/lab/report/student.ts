import { classifySpan } from '#main/pipeline/classify/classify-span.ts';
import { localise, type Localisation, type LocalisationExtras } from '#main/pipeline/classify/localise.ts';
import type { CarriedLesson } from '#main/pipeline/learn/carried-lesson.ts';
import { learnFromProject, type Taught } from '#main/pipeline/learn/learn-from-project.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { defaultLocalisationSettings } from '#main/pipeline/propose/localisation-settings.ts';
import { proposeSegments, type ProposedSegments } from '#main/pipeline/propose/propose-segments.ts';
import type { Span } from '#preload/domain/span.ts';
import type { Corrected } from './corrected-videos.ts';
import type { NamedClasses, SeenVideo } from './rendered-world.ts';

/** A way to find and name actions in videos. */
export interface Student {
  localise(video: SeenVideo): Localisation;
  /** Probabilities `[K]` of the classes in a stretch. */
  probabilities(video: SeenVideo, span: Span): Float64Array;
}

/** Stage 1 of the studio, kept for each list of classes: what is learned from corrections does not change it. */
const proposals = new WeakMap<ClassSet, WeakMap<SeenVideo, ProposedSegments>>();

export function proposalsIn(video: SeenVideo, { classSet }: Pick<NamedClasses, 'classSet'>): ProposedSegments {
  const ofClasses = proposals.get(classSet) ?? new WeakMap<SeenVideo, ProposedSegments>();
  proposals.set(classSet, ofClasses);
  const known =
    ofClasses.get(video) ??
    proposeSegments(video.analysis, classSet, defaultLocalisationSettings.proposal, null, video.seen);
  ofClasses.set(video, known);
  return known;
}

/** What makes one student other than another. */
type Knowledge = Pick<LocalisationExtras, 'denseFeatures' | 'taught'>;
type KnowledgeOf = (video: SeenVideo) => Knowledge;

/** Videos of a project that have corrections, and those that are to be labelled. */
interface ProjectVideos {
  readonly corrected: readonly SeenVideo[];
  readonly unlabelled: readonly SeenVideo[];
}

/**
 * What the studio knows by default with these corrections, in a project of the videos that are corrected and of those to
 * be labelled; without corrections, from the names and the unlabelled videos.
 */
export function studioKnowledge(
  classes: NamedClasses,
  { corrected, unlabelled }: ProjectVideos,
  { corrections, reviewed }: Corrected,
  carried: CarriedLesson | null = null,
): { readonly taught: Taught; readonly knowledgeOf: KnowledgeOf } {
  const touched = corrected.filter(({ videoId }) => corrections.some((correction) => correction.videoId === videoId));
  const { classIds, classSet } = classes;
  const taught = learnFromProject({
    dim: unlabelled[0]!.features.dim,
    classIds,
    classSet,
    videos: [...touched, ...unlabelled].map((video) => ({
      videoId: video.videoId,
      grid: video.analysis.grid,
      features: video.seen,
      plain: video.analysis.features,
      proposals: proposalsIn(video, classes).proposals,
    })),
    corrections,
    reviewed,
    ...(carried === null ? {} : { carried: { lesson: carried, prompts: classes.labels } }),
  });
  return { taught, knowledgeOf: (video) => ({ denseFeatures: video.seen, taught }) };
}

/** The studio by default, with these corrections, and with what another project's taught where it is `carried` along. */
export const studioStudent = (
  classes: NamedClasses,
  videos: ProjectVideos,
  corrected: Corrected,
  carried: CarriedLesson | null = null,
): Student => studentBy(classes, classes.classSet, studioKnowledge(classes, videos, corrected, carried).knowledgeOf);

/** By the names alone, as the studio begins: nothing is learned, neither from corrections nor from other videos. */
export const zeroShotStudent = (classes: NamedClasses): Student =>
  studentBy(classes, classes.classSet, (video) => ({ denseFeatures: video.seen }));

/** Classifies the studio's proposals by texts and knowledge of its own. */
export function studentBy(classes: NamedClasses, classSet: ClassSet, knowledgeOf: KnowledgeOf): Student {
  return {
    localise: (video) =>
      localise(video.analysis, classSet, defaultLocalisationSettings, {
        ...knowledgeOf(video),
        proposed: proposalsIn(video, classes),
      }),
    probabilities(video, span) {
      const count = classSet.classEmbeddings.length / video.analysis.dim;
      const found = new Float64Array(count);
      const ranked = classifySpan(video.analysis, classSet, { ...knowledgeOf(video), span, top: count });
      for (const { classIndex, probability } of ranked) found[classIndex] = probability;
      return found;
    },
  };
}
