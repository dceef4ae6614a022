import { backend } from '../../backend/client.ts';
import type { CountedClass } from '../../backend/project-queries.ts';
import { attempt } from '../../shared/notices.ts';
import { siblingOf } from './class-tree.ts';

/** Moves a class past its neighbour below the same parent; nothing happens where it has none at that side. */
export function moveBeside(classes: readonly CountedClass[], one: CountedClass, step: 1 | -1): void {
  const neighbour = siblingOf(classes, one, step);
  if (neighbour) attempt(backend.classes.update({ classId: one.id, position: classes.indexOf(neighbour) }));
}
