import { createContext, Script } from 'node:vm';

const context = createContext({ work: null });
const script = new Script('work()');

/**
 * What `work` answers, which is ended after so many milliseconds even within one step, such as a pattern that goes back
 * and forth over a text for ever. Null then. Throws what `work` throws.
 */
export function withinTime<Result>(milliseconds: number, work: () => Result): { readonly result: Result } | null {
  context['work'] = work;
  try {
    return { result: script.runInContext(context, { timeout: milliseconds }) as Result };
  } catch (error) {
    // Its error is of the other context, whose classes are its own.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return null;
    throw error;
  }
}
