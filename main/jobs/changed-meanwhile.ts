import { say, type Saying } from '#preload/domain/saying.ts';
import { sameRow } from '../annotation/edit-value.ts';
import type { PromptedClass } from '../engine/vocabulary.ts';
import type { OpenProject } from '../project/open-project.ts';
import { promptedClasses } from './prompted-classes.ts';

/** What became of a project while something was learned in it. */
export interface ChangedMeanwhile {
  /** What was learned for another model must not take the place of what is in use with this one. */
  readonly isSameModel: boolean;
  /** In words; empty where nothing changed that matters. */
  readonly notes: readonly Saying[];
}

/** Compares a project with the model and the classes that a learning began with. */
export function changedMeanwhile(
  { settings, database }: OpenProject,
  model: string,
  asked: readonly PromptedClass[],
): ChangedMeanwhile {
  const isSameModel = settings.model === model;
  const now = new Map(promptedClasses(database).map((one) => [one.classId, one]));
  const notes = asked.flatMap((one) => {
    const { classId, prompt } = one;
    const current = now.get(classId);
    if (current === undefined)
      return [say('"{{prompt}}" was removed or merged while this was learned: it has no say in it.', { prompt })];
    return sameRow(current, one)
      ? []
      : [say('"{{prompt}}" was renamed while this was learned: its new words decide alone.', { prompt })];
  });
  if (!isSameModel)
    notes.push(
      settings.model === null
        ? say(
            'The project moved from the model "{{model}}" to none while this was learned: it is kept, and not used.',
            { model },
          )
        : say(
            'The project moved from the model "{{model}}" to "{{now}}" while this was learned: it is kept, and not used.',
            { model, now: settings.model },
          ),
    );
  return { isSameModel, notes };
}
