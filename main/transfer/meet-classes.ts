import type { ActionClass } from '#preload/domain/action-class.ts';
import { newClasses } from '../annotation/add-class.ts';
import { classNameKey, readableClassName } from '../annotation/class-names.ts';
import type { ImportedAnnotations } from './annotation-set.ts';

const longestName = 200;

/** What is wrong with a class's name; null for nothing. */
export function faultOfName(name: string): string | null {
  if (classNameKey(name) === '') return 'a class needs a name that can be seen';
  return readableClassName(name).length > longestName ? `a class name has at most ${longestName} letters` : null;
}

/**
 * The project's class for each of a file that is wanted, by its index there. New ones are made, in the file's order;
 * `all` are the project's.
 */
export function meetClasses(
  imported: ImportedAnnotations['classes'],
  isWanted: (index: number) => boolean,
  all: readonly ActionClass[],
  firstNewId: number,
): { readonly classOf: readonly (number | undefined)[]; readonly added: readonly ActionClass[] } {
  const idOfKey = new Map<string, number>();
  for (const { name, id, removed } of all) {
    const key = classNameKey(name);
    if (!removed && !idOfKey.has(key)) idOfKey.set(key, id);
  }
  const wishes: ImportedAnnotations['classes'][number][] = [];
  const classOf = imported.map((wish, index) => {
    const key = classNameKey(wish.name);
    const known = idOfKey.get(key);
    if (known !== undefined || !isWanted(index) || faultOfName(wish.name) !== null) return known;
    idOfKey.set(key, firstNewId + wishes.length);
    wishes.push({ ...wish, name: readableClassName(wish.name) });
    return firstNewId + wishes.length - 1;
  });
  return { classOf, added: newClasses(firstNewId, wishes, all) };
}
