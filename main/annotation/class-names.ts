import type { ActionClass } from '#preload/domain/action-class.ts';
import { Failure } from '#preload/domain/failure.ts';

/** Names that a person would read as the same have the same key: case, width and inner spaces do not count. */
export const classNameKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/gu, ' ');

/** Fails with `bad-input` where another class that is present has this name. */
export function refuseTakenName(name: string, classes: readonly ActionClass[], except?: number): void {
  const key = classNameKey(name);
  const taken = classes.find((value) => !value.removed && value.id !== except && classNameKey(value.name) === key);
  if (taken !== undefined) {
    throw new Failure('bad-input', `There is already a class '${taken.name}'.`, { classId: taken.id, name });
  }
}

/** Fails with `bad-input` where two of the names would be one class, or one is empty. */
export function refuseRepeatedNames(names: readonly string[]): void {
  const keys = names.map(classNameKey);
  if (keys.includes('')) throw new Failure('bad-input', 'A class needs a name.');
  const repeated = names.find((_name, index) => keys.indexOf(keys[index]!) !== index);
  if (repeated !== undefined)
    throw new Failure('bad-input', `The class '${repeated}' is named twice.`, { name: repeated });
}
