import type { Examination } from '#preload/domain/judgement.ts';
import type { EngineTasks } from '../engine/tasks.ts';
import { taughtChoice } from '../project/taught-choice.ts';
import { lessonInput } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';

interface Answer {
  readonly examination: Examination | null;
  readonly missing: string[];
}

/** The last examination of each project that is open, and what it was asked of. */
const last = new WeakMap<ProjectWork, { readonly question: string; readonly answer: Answer }>();

/** What the project's corrections bring without training; the same corrections are not examined twice. */
export async function examinationOf(work: ProjectWork, signal: AbortSignal | undefined): Promise<Answer> {
  const { project, engine } = work;
  const taught = taughtChoice(project);
  if (taught === null || project.settings.model === null) return { examination: null, missing: [] };
  const input: EngineTasks['examine']['input'] = {
    ...lessonInput(project),
    taught: { ...taught, versionFile: null, boundaryFile: null, lessonFile: null },
  };
  const question = JSON.stringify(input);
  const known = last.get(work);
  if (known?.question === question) return known.answer;
  const found = await engine.run('examine', input, signal === undefined ? {} : { signal });
  const answer: Answer = {
    examination: found.examination === null ? null : told(found.examination, input),
    missing: [...found.missing],
  };
  last.set(work, { question, answer });
  return answer;
}

/** Rows of the class set as the project's classes. */
function told(
  found: NonNullable<EngineTasks['examine']['output']['examination']>,
  { classes }: EngineTasks['examine']['input'],
): Examination {
  const classIdOf = (index: number): number => classes[index]!.classId;
  return {
    discriminant: found.discriminant,
    score: found.score,
    together: found.together,
    classes: found.classes.map(({ classIndex, comparison, tried, culprit }) => ({
      classId: classIdOf(classIndex),
      comparison,
      tried,
      culprit:
        culprit === null ? null : { ...culprit.shot, classIds: [...culprit.shot.classIds], without: culprit.without },
    })),
    moments: found.moments.map(({ classIndex, ...moment }) => ({ ...moment, classId: classIdOf(classIndex) })),
  };
}
