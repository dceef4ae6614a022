import type { ImportedClassChoice } from '#preload/contract/transfer-choices.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import { newClasses } from '../annotation/add-class.ts';
import { classNameKey, readableClassName } from '../annotation/class-names.ts';
import type { ImportedAnnotations } from './annotation-set.ts';
import { ownMeaningOf } from './said-details.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** How a class of a file found one of the project. `new`: it did not; `unnamed`: its name cannot be a class. */
type ClassMeeting = 'name' | 'spelling' | 'prompt' | 'choice' | 'new' | 'ignored' | 'unnamed';

export interface MetClass {
  readonly by: ClassMeeting;
  /** Of the project; null where it is new or left out. */
  readonly classId: number | null;
  /** Why its segments cannot be taken; null where they can. */
  readonly fault: Saying | null;
}

const longestName = 200;

function faultOfName(name: string): Saying | null {
  if (classNameKey(name) === '') return say('a class needs a name that can be seen');
  return readableClassName(name).length > longestName
    ? say('a class name has at most {{longestName}} letters', { longestName })
    : null;
}

/** As several tools spell one name: `HighJump`, `high_jump`, `high-jump`. */
const spellingKey = (name: string): string => classNameKey(name).replaceAll(/[\s_\-./]+/gu, '');

/**
 * Which class of the project each of a file is: as a person chose, else by name (case and invisible letters do not
 * count), else by its spelling without gaps and dashes, else by a prompt that is its name. The latter two hold only where
 * no other class of the file is meant, so that no two become one by themselves.
 */
export function meetClasses(
  imported: ImportedAnnotations['classes'],
  project: readonly ActionClass[],
  choices: readonly ImportedClassChoice[],
): MetClass[] {
  const present = project.filter(({ removed }) => !removed);
  const chosen = new Map(choices.map(({ name, to }) => [name, to]));
  const byName = firstByKey(present, ({ name }) => classNameKey(name));
  const near = [
    ['spelling', firstByKey(present, ({ name }) => spellingKey(name)), spellingKey],
    ['prompt', firstByKey(present, ({ prompt }) => classNameKey(prompt)), classNameKey],
  ] as const;
  const ids = new Set(present.map(({ id }) => id));
  const exact = imported.map(({ name }) => byName.get(classNameKey(name)));
  const nearOf = ({ name }: { readonly name: string }) =>
    near.flatMap(([by, index, keyOf]) => {
      const classId = index.get(keyOf(name));
      return classId === undefined ? [] : [{ by, classId }];
    })[0];
  const claims = new Map<number, number>();
  for (const [index, one] of imported.entries()) {
    const classId = exact[index] ?? nearOf(one)?.classId;
    if (classId !== undefined) claims.set(classId, (claims.get(classId) ?? 0) + 1);
  }
  return imported.map((one, index): MetClass => {
    const choice = chosen.get(one.name);
    if (choice === 'ignore') return { by: 'ignored', classId: null, fault: null };
    if (typeof choice === 'number' && ids.has(choice)) return { by: 'choice', classId: choice, fault: null };
    const fault = faultOfName(one.name);
    if (fault !== null) return { by: 'unnamed', classId: null, fault };
    const known = exact[index];
    if (known !== undefined) return { by: 'name', classId: known, fault: null };
    const guess = choice === 'new' ? undefined : nearOf(one);
    if (guess !== undefined && claims.get(guess.classId) === 1) return { ...guess, fault: null };
    return { by: 'new', classId: null, fault: null };
  });
}

/** The classes that are new and wanted, in the file's order, and the project's identifier for each of the file. */
export function classesToAdd(
  imported: ImportedAnnotations['classes'],
  met: readonly MetClass[],
  isWanted: (index: number) => boolean,
  all: readonly ActionClass[],
  firstNewId: number,
): { readonly classOf: readonly (number | undefined)[]; readonly added: readonly ActionClass[] } {
  const idOfKey = new Map<string, number>();
  const wishes: ImportedAnnotations['classes'][number][] = [];
  const classOf = imported.map((wish, index) => {
    const { by, classId } = met[index]!;
    if (classId !== null) return classId;
    if (by !== 'new' || !isWanted(index)) return undefined;
    const key = classNameKey(wish.name);
    const known = idOfKey.get(key);
    if (known !== undefined) return known;
    const id = firstNewId + wishes.length;
    idOfKey.set(key, id);
    wishes.push({ ...wish, name: readableClassName(wish.name) });
    return id;
  });
  const added = newClasses(firstNewId, wishes, all).map((one, index) => ({ ...one, ...ownMeaningOf(wishes[index]!) }));
  const idOf = new Map(
    [...all.filter(({ removed }) => !removed), ...added].map((one) => [classNameKey(one.name), one.id]),
  );
  return { classOf, added: withParents(added, wishes, idOf) };
}

/** New classes below those that the file names; one that would come to lie below itself stays at the top. */
function withParents(
  added: readonly ActionClass[],
  wishes: ImportedAnnotations['classes'],
  idOf: ReadonlyMap<string, number>,
): ActionClass[] {
  const parentOf = new Map(
    added.flatMap(({ id }, index) => {
      const { parent } = wishes[index]!;
      const parentId = parent === undefined ? undefined : idOf.get(classNameKey(parent));
      return parentId === undefined ? [] : [[id, parentId] as const];
    }),
  );
  const goesRound = (id: number): boolean => {
    const passed = new Set<number>();
    let at = parentOf.get(id);
    while (at !== undefined && at !== id && !passed.has(at)) {
      passed.add(at);
      at = parentOf.get(at);
    }
    return at === id;
  };
  for (const { id } of added) if (goesRound(id)) parentOf.delete(id);
  return added.map((one) => {
    const parentId = parentOf.get(one.id);
    return parentId === undefined ? one : { ...one, parentId };
  });
}

function firstByKey(classes: readonly ActionClass[], keyOf: (one: ActionClass) => string): Map<string, number> {
  const index = new Map<string, number>();
  for (const one of classes) if (!index.has(keyOf(one))) index.set(keyOf(one), one.id);
  return index;
}
