import type { Answers } from './answer-calls.ts';
import { eachAnswer } from './each-answer.ts';
import type { CallsOf } from './port.ts';

/** The same answers, each begun when the one before it is done. */
export function inTurn<Calls extends CallsOf<Calls>, Progress>(
  answers: Answers<Calls, Progress>,
): Answers<Calls, Progress> {
  let last: Promise<unknown> = Promise.resolve();
  return eachAnswer<Calls, Progress>(answers, (answer) => (input, control) => {
    const answered = last.then(() => answer(input, control));
    last = answered.catch(() => undefined);
    return answered;
  });
}
