import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import { newClasses } from './add-class.ts';
import { refuseTakenName, refuseUnreadableName } from './class-names.ts';
import { segmentsSaid } from './describe-segments.ts';
import { userEdit } from './edit-value.ts';

/**
 * Some segments of a class become those of a new one, which stands beside it in the tree: one edit. They stay as decided
 * as they were. Fails with `bad-input` without segments, for those of another class, and for a name that is taken.
 */
export function splitClass(
  from: ActionClass,
  name: string,
  segments: readonly Segment[],
  { classes, newId }: { readonly classes: readonly ActionClass[]; readonly newId: number },
): { readonly edit: Edit; readonly added: ActionClass } {
  if (segments.length === 0)
    throw new Failure(
      'bad-input',
      say("Choose at least one segment of '{{name}}' for the new class.", { name: from.name }),
      {},
    );
  if (segments.some(({ classId }) => classId !== from.id))
    throw new Failure(
      'bad-input',
      say("Not all of these segments are of '{{name}}' any more.", { name: from.name }),
      {},
    );
  refuseUnreadableName(name);
  refuseTakenName(name, classes);
  const { parentId, kind } = from;
  const added = {
    ...newClasses(newId, [{ name }], classes)[0]!,
    ...(parentId !== undefined && { parentId }),
    ...(kind !== undefined && { kind }),
  };
  const edit = userEdit(
    say("Split '{{name}}' off '{{from}}': {{segments}}", {
      name: added.name,
      from: from.name,
      segments: segmentsSaid(segments.length),
    }),
    {
      classes: [{ before: null, after: added }],
      segments: segments.map((before) => ({ before, after: { ...before, classId: added.id, touched: true } })),
    },
  );
  return { edit, added };
}
