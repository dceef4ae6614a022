import type { Taught } from '../learn/learn-from-project.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { withoutBoth } from './hold-back.ts';
import type { HeldOut, JudgedProject } from './judged-project.ts';
import { promptedClassSet, type TrainedParts } from './trained-parts.ts';

/** From which videos and classes something is held back, and which names are read under prompts. */
export interface HeldBack {
  readonly videos: HeldOut;
  readonly classes: HeldOut;
  readonly isPrompted: (classId: number) => boolean;
}

/** What names say with parts, what is learned beside it, and the features that a temporal module made. */
interface LessonWithParts {
  readonly classSet: ClassSet;
  readonly taught: Taught;
  readonly named: ReadonlyMap<number, Float32Array>;
}

/** What names, and corrections that are not held back, teach with prompts and a temporal module. */
export async function lessonWithParts(
  project: JudgedProject,
  { prompts, temporal }: Pick<TrainedParts, 'prompts' | 'temporal'>,
  { videos, classes, isPrompted }: HeldBack,
): Promise<LessonWithParts> {
  const { names, classIds } = project.input;
  const named = new Map<number, Float32Array>();
  if (prompts === null && temporal === null)
    return { classSet: names, taught: project.taughtWithout(videos, classes), named };
  const classSet =
    prompts === null ? names : promptedClassSet(names, project.dim, prompts, (row) => isPrompted(classIds[row]!));
  if (temporal !== null) for (const video of project.input.videos) named.set(video.videoId, await temporal(video));
  const evidence = withoutBoth(project.evidenceBy(classSet, named), videos, classes);
  return { classSet, taught: project.learnFrom(evidence), named };
}
