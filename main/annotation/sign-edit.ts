import type { Edit } from '#preload/domain/edit.ts';

/**
 * A person's edit with their name on it and on each segment that they decided on. What happens to segments as a class or a
 * video goes is no decision on them, making one together with its class is; a name that an import or going back brings stays.
 */
export function signEdit(edit: Edit, annotator: string): Edit {
  if (annotator === '' || edit.source === 'model') return edit;
  if (edit.restores !== undefined) return { ...edit, annotator };
  const isOfSegments = edit.source === 'user' && edit.classes.length + edit.videos.length === 0;
  return {
    ...edit,
    annotator,
    segments: edit.segments.map(({ before, after }) => ({
      before,
      after: after?.touched && (isOfSegments || isMade(edit, before)) ? { ...after, annotator } : after,
    })),
  };
}

const isMade = ({ source }: Edit, before: unknown): boolean => source === 'user' && before === null;
