import type { ProjectDatabase } from '../database/project-database.ts';
import type { PromptedClass } from '../engine/vocabulary.ts';

/** The classes of a project as the localiser sees them, in the order of the list. */
export const promptedClasses = ({ classes }: Pick<ProjectDatabase, 'classes'>): PromptedClass[] =>
  classes
    .present()
    .map(({ id, prompt, morePrompts }) => ({ classId: id, prompt, ...(morePrompts && { morePrompts }) }));
