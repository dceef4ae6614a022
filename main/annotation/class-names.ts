import type { ActionClass } from '#preload/domain/action-class.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

/**
 * Names that a person would read as the same have the same key: case, width, inner spaces, Unicode composition and
 * letters that cannot be seen (zero-width, soft hyphens, direction marks) do not count.
 */
export const classNameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{DI}/gu, '')
    .trim()
    .replaceAll(/\s+/gu, ' ');

/** As a name is kept: composed, on one line, without invisible letters other than those that join letters or emoji. */
export const readableClassName = (name: string): string =>
  name
    .normalize('NFC')
    .replaceAll(/(?!\u200C|\u200D|\uFE0F|[\u{E0020}-\u{E007F}])\p{DI}/gu, '')
    .trim()
    .replaceAll(/\s*[\p{Cc}\u2028\u2029]+\s*/gu, ' ');

/** Fails with `bad-input` for a name that cannot be seen or does not fit on one line. */
export function refuseUnreadableName(name: string): void {
  if (classNameKey(name) === '')
    throw new Failure('bad-input', say('A class needs a name that can be seen.'), { name });
  if (/[\p{Cc}\u2028\u2029]/u.test(name.trim()))
    throw new Failure(
      'bad-input',
      say('A class name is one line without tabs: {{name}} is not.', { name: JSON.stringify(name) }),
      { name },
    );
}

/** Fails with `bad-input` where another class that is present has this name. */
export function refuseTakenName(name: string, classes: readonly ActionClass[], except?: number): void {
  const key = classNameKey(name);
  const taken = classes.find((value) => !value.removed && value.id !== except && classNameKey(value.name) === key);
  if (taken !== undefined) {
    throw new Failure('bad-input', say("There is already a class '{{name}}'.", { name: taken.name }), {
      classId: taken.id,
      name,
    });
  }
}

/** Fails with `bad-input` where two of the names would be one class, or one cannot be read. */
export function refuseRepeatedNames(names: readonly string[]): void {
  names.forEach(refuseUnreadableName);
  const seen = new Set<string>();
  for (const name of names) {
    const key = classNameKey(name);
    if (seen.has(key)) throw new Failure('bad-input', say("The class '{{name}}' is named twice.", { name }), { name });
    seen.add(key);
  }
}
