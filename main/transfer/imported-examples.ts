import { mostExamples, type ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { sameRow } from '../annotation/edit-value.ts';

interface Made {
  /** As it was stored last; null: not yet. */
  stored: ActionClass | null;
  readonly value: ActionClass;
  readonly examples: { readonly segmentId: number; readonly place: number }[];
}

/** The examples of classes that an import makes, gathered while their segments come in. A class that was there keeps its own. */
export class ImportedExamples {
  readonly #made = new Map<number, Made>();

  add(classes: readonly ActionClass[]): void {
    for (const value of classes) this.#made.set(value.id, { stored: null, value, examples: [] });
  }

  take(classId: number | undefined, segmentId: number, place: number): void {
    if (classId !== undefined) this.#made.get(classId)?.examples.push({ segmentId, place });
  }

  /** An edit that stores the classes stores their examples so far as well. */
  into(edit: Edit): Edit {
    const changes = [...this.#made.values()].flatMap((made) => {
      const { stored: before } = made;
      const after = withExamples(made);
      if (before !== null && sameRow(before, after)) return [];
      made.stored = after;
      return [{ before, after }];
    });
    return { ...edit, classes: changes };
  }
}

function withExamples({ value, examples }: Made): ActionClass {
  const ids = examples.toSorted((a, b) => a.place - b.place).map(({ segmentId }) => segmentId);
  return ids.length === 0 ? value : { ...value, examples: [...new Set(ids)].slice(0, mostExamples) };
}
