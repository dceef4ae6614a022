import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { failureValueOf } from './failure-value.ts';
import type { Answered, Asked, CallsOf, Port } from './port.ts';

export interface Answer<Output> {
  readonly output: Output;
  /** Memory in the output that moves to the asker. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** How a call that is being answered is stopped, and how it tells where it is. */
export interface CallControl<Progress> {
  /** Aborted with a failure as its reason: `cancelled`, or `engine-stopped`. */
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  /** Says that it is alive where there is nothing to report. */
  readonly sign: () => void;
}

/** One function for each call. */
export type Answers<Calls extends CallsOf<Calls>, Progress = never> = {
  readonly [Name in keyof Calls]: (
    input: Calls[Name]['input'],
    control: CallControl<Progress>,
  ) => Promise<Answer<Calls[Name]['output']>>;
};

/**
 * The answering end of a port. Calls are begun as they come, beside each other; whoever wants them in turn queues them in
 * `answer`. When the asker says stop, all are aborted and `onStop` gets the promise of their having let go.
 */
export function answerCalls<Calls extends CallsOf<Calls>, Progress = never>(
  port: Port,
  answer: <Name extends keyof Calls & string>(
    name: Name,
    input: Calls[Name]['input'],
    control: CallControl<Progress>,
  ) => Promise<Answer<Calls[Name]['output']>>,
  onStop: (settled: Promise<unknown>) => void,
): void {
  const running = new Map<number, { readonly abort: AbortController; readonly settled: Promise<void> }>();
  const post = (message: Answered, transfer?: readonly ArrayBuffer[]): void => port.post(message, transfer);

  async function run({ id, name, input }: Asked & { readonly kind: 'call' }, signal: AbortSignal): Promise<void> {
    try {
      const report = (progress: Progress): void => post({ kind: 'progress', id, progress });
      const sign = (): void => post({ kind: 'sign', id });
      const { output, transfer } = await answer(name as keyof Calls & string, input, { signal, report, sign });
      post({ kind: 'done', id, output }, transfer);
    } catch (error) {
      // Whatever an aborted call threw on its way out, it stopped because it was told to.
      post({ kind: 'failed', id, failure: failureValueOf(signal.aborted ? signal.reason : error) });
    }
  }

  function stop(): void {
    const all = [...running.values()];
    for (const { abort } of all) abort.abort(new Failure('engine-stopped', say('The engine was closed.')));
    onStop(Promise.all(all.map(({ settled }) => settled)));
  }

  port.onMessage((message) => {
    const asked = message as Asked;
    if (asked.kind === 'call') {
      const abort = new AbortController();
      const settled = run(asked, abort.signal);
      running.set(asked.id, { abort, settled });
      void settled.then(() => running.delete(asked.id));
    } else if (asked.kind === 'cancel') {
      running.get(asked.id)?.abort.abort(new Failure('cancelled', say('It was cancelled.')));
    } else {
      stop();
    }
  });
}
