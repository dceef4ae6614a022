import { implement } from '@orpc/server';
import { contract } from '#preload/contract/contract.ts';
import { someClasses } from './rows.ts';

/** A backend's `classes.update` that adds to `asked` what it is asked, and answers with some class. */
export const classUpdates = (asked: unknown[]) =>
  implement(contract.classes.update).handler(({ input }) => {
    asked.push(input);
    return someClasses(1)[0]!;
  });
