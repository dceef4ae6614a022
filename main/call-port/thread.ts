import path from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';
import type { ResourceLimits } from 'node:worker_threads';
import { Failure } from '#preload/domain/failure.ts';
import { type Saying } from '#preload/domain/saying.ts';
import { answerCalls, type Answers } from './answer-calls.ts';
import { CallPort, type CallOptions } from './call-port.ts';
import type { CallsOf, Port } from './port.ts';

/** A thread that answers calls. */
export interface Thread<Calls extends CallsOf<Calls>, Progress> {
  readonly calls: CallPort<Calls, Progress>;
  /** Settles when the thread has ended; its open calls have failed by then. */
  readonly gone: Promise<unknown>;
  /** Ends it at once. Never while ONNX Runtime computes on it: that takes the process along. */
  readonly terminate: () => void;
}

/** A module beside the one at `neighbour`, in sources as in a build. */
export const moduleBeside = (neighbour: string, name: string): string =>
  path.join(path.dirname(neighbour), name + path.extname(neighbour));

/**
 * Starts the thread at `entry`, which calls `answerThread`. `stopped` says that it ended by itself. Beyond
 * `resourceLimits` the thread ends, and not the process.
 */
export function startThread<Calls extends CallsOf<Calls>, Progress = never>(
  entry: string,
  stopped: (reason: string) => Saying,
  resourceLimits?: ResourceLimits,
): Thread<Calls, Progress> {
  const worker = new Worker(entry, { execArgv: [], ...(resourceLimits && { resourceLimits }) });
  const calls = new CallPort<Calls, Progress>({
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => void worker.on('message', listener),
  });
  const fail = (reason: string): void => calls.fail(() => new Failure('engine-stopped', stopped(reason), { reason }));
  worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => fail(`exit code ${code}`));
  const gone = new Promise((resolve) => void worker.once('exit', resolve));
  return { calls, gone, terminate: () => void worker.terminate() };
}

/**
 * One call on a thread of its own, which ends with it. Cancelled, it waits until the thread has stopped by itself and
 * throws the signal's reason:
 * ending it from outside would take the process along, since ONNX Runtime cannot be interrupted.
 */
export async function callOnThread<
  Calls extends CallsOf<Calls>,
  Progress = never,
  Name extends keyof Calls & string = keyof Calls & string,
>(
  entry: string,
  stopped: (reason: string) => Saying,
  name: Name,
  input: Calls[Name]['input'],
  options: CallOptions<Progress>,
): Promise<Calls[Name]['output']> {
  options.signal?.throwIfAborted();
  const { calls, gone } = startThread<Calls, Progress>(entry, stopped);
  try {
    return await calls.call(name, input, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    calls.stop();
    await gone;
  }
}

/** What a thread's entry does: answers until it is told to stop, lets go by `onStop`, and ends. */
export function answerThread<Calls extends CallsOf<Calls>, Progress = never>(
  answers: Answers<Calls, Progress>,
  onStop: () => void = () => undefined,
): void {
  const port = parentPort!;
  const ours: Port = {
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => void port.on('message', listener),
  };
  answerCalls<Calls, Progress>(
    ours,
    (name, input, control) => answers[name](input, control),
    (settled) =>
      void settled.then(() => {
        onStop();
        port.close();
      }),
  );
}
