import type { OpenProject } from '../project/open-project.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** Why nothing can be learned or measured in a project as it is set up, whatever was corrected; null where it can. */
export function learningObstacle({ readOnly, settings, database }: OpenProject): Saying | null {
  if (readOnly) return say('This project can only be looked at.');
  if (settings.model === null) return say('No model is chosen for this project: choose one in the settings first.');
  if (database.classes.present().length === 0) return say('There are no classes yet.');
  return null;
}
