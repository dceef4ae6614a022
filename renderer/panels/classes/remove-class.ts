import { t } from '../../language/language.ts';
import { undoOffer } from '../../shared/commands.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import type { CountedClass } from '../../backend/project-queries.ts';

/** Takes a class out of the project with its segments, and offers the way back. */
export const removeClass = ({ id, name }: CountedClass): void =>
  attempt(
    backend.classes
      .remove({ classId: id })
      .then(() => notify(t('"{{name}}" was removed, its segments with it.', { name }), 'success', undoOffer)),
  );
