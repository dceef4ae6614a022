import type { Answers, CallControl } from './answer-calls.ts';
import type { CallsOf } from './port.ts';

/** The same answers, each of them given `through` a function that may wait before it, or look after it. */
export const eachAnswer = <Calls extends CallsOf<Calls>, Progress>(
  answers: Answers<Calls, Progress>,
  through: <Input, Output>(
    answer: (input: Input, control: CallControl<Progress>) => Promise<Output>,
  ) => (input: Input, control: CallControl<Progress>) => Promise<Output>,
): Answers<Calls, Progress> =>
  Object.fromEntries(
    Object.entries<Answers<Calls, Progress>[keyof Calls]>(answers).map(([name, answer]) => [name, through(answer)]),
  ) as unknown as Answers<Calls, Progress>;
