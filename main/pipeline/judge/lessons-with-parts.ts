import type { ProjectEvidence } from '../learn/evidence.ts';
import type { Taught } from '../learn/learn-from-project.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { withoutClasses, withoutVideos } from './hold-back.ts';
import type { HeldOut, JudgedProject } from './judged-project.ts';
import { promptedClassSet, type TrainedParts } from './trained-parts.ts';

/** From which videos and classes something is held back, and which names are read under prompts. */
export interface HeldBack {
  readonly videos: HeldOut;
  readonly classes: HeldOut;
  readonly isPrompted: (classId: number) => boolean;
}

/** What names say with parts, what is learned beside it, and the features that a temporal module made. */
interface Lesson {
  readonly classSet: ClassSet;
  readonly taught: Taught;
  readonly named: ReadonlyMap<number, Float32Array>;
}

/** Lessons with parts; those by the names alone, on which boundary heads are judged too, are learned once. */
export class LessonsWithParts {
  readonly project: JudgedProject;
  readonly #byNames = new Map<string, Lesson>();

  constructor(project: JudgedProject) {
    this.project = project;
  }

  async with({ prompts, temporal }: TrainedParts, held: HeldBack): Promise<Lesson> {
    const { names, classIds, videos } = this.project.input;
    if (prompts === null && temporal === null) {
      const key = JSON.stringify([held.videos, held.classes]);
      const lesson = this.#byNames.get(key) ?? {
        classSet: names,
        taught: this.#learn(this.project.evidence(), held),
        named: new Map(),
      };
      this.#byNames.set(key, lesson);
      return lesson;
    }
    const classSet =
      prompts === null
        ? names
        : promptedClassSet(names, this.project.dim, prompts, (row) => held.isPrompted(classIds[row]!));
    const named = new Map<number, Float32Array>();
    if (temporal !== null) for (const video of videos) named.set(video.videoId, await temporal(video));
    return { classSet, taught: this.#learn(this.project.evidenceBy(classSet, named), held), named };
  }

  #learn(evidence: ProjectEvidence, { videos, classes }: HeldBack): Taught {
    return this.project.learnFrom(withoutClasses(withoutVideos(evidence, new Set(videos)), new Set(classes)));
  }
}
