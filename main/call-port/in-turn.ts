import type { Answers } from './answer-calls.ts';
import type { CallsOf } from './port.ts';

/** The same answers, each begun when the one before it is done. */
export function inTurn<Calls extends CallsOf<Calls>, Progress>(
  answers: Answers<Calls, Progress>,
): Answers<Calls, Progress> {
  let last: Promise<unknown> = Promise.resolve();
  const queued =
    <Input extends unknown[], Output>(answer: (...input: Input) => Promise<Output>) =>
    (...input: Input): Promise<Output> => {
      const answered = last.then(() => answer(...input));
      last = answered.catch(() => undefined);
      return answered;
    };
  return Object.fromEntries(
    Object.entries<Answers<Calls, Progress>[keyof Calls]>(answers).map(([name, answer]) => [name, queued(answer)]),
  ) as unknown as Answers<Calls, Progress>;
}
