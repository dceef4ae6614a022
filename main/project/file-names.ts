import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

/** Fails with `bad-input` for a name that would lead to another folder, or that no list shows as it is. */
export function refusePathInName(name: string): void {
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) {
    throw new Failure(
      'bad-input',
      say('{{name}} cannot be a name: leave out tabs and line breaks.', { name: JSON.stringify(name) }),
      {
        name,
      },
    );
  }
  if (/[/\\\0]/u.test(name) || name === '.' || name === '..') {
    throw new Failure('bad-input', say('"{{name}}" cannot be the name of a file: leave out slashes.', { name }), {
      name,
    });
  }
}

/** A title as the name of a file, without what some system does not allow in one. */
export const fileNameOf = (title: string): string => title.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '-');
