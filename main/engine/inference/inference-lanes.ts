import { InferenceThread } from './inference-thread.ts';
import type { AskOptions, Inference, InferenceRequestName, InferenceRequests } from './inference-requests.ts';
import { laneCount } from './lane-threads.ts';

interface Lane {
  readonly thread: InferenceThread;
  /** What it has not answered yet. */
  open: number;
}

/**
 * The threads on which models compute. The first is asked everything, but for batches that may be shared out: these go to
 * whichever has least to do. Processors that each encode their own pictures need not wait for one another after every
 * operator, nor for one of them that decodes meanwhile.
 */
export class InferenceLanes implements Inference, AsyncDisposable {
  readonly #lanes: readonly [Lane, ...Lane[]] = [newLane(), ...Array.from({ length: laneCount - 1 }, newLane)];

  async ask<Name extends InferenceRequestName>(
    name: Name,
    input: InferenceRequests[Name]['input'],
    options: AskOptions = {},
  ): Promise<InferenceRequests[Name]['output']> {
    const lane = 'sharedOut' in input && input.sharedOut ? this.#leastBusy() : this.#lanes[0];
    lane.open += 1;
    try {
      return await lane.thread.ask(name, input, options);
    } finally {
      lane.open -= 1;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#lanes.map(({ thread }) => thread[Symbol.asyncDispose]()));
  }

  #leastBusy(): Lane {
    return this.#lanes.reduce((least, lane) => (lane.open < least.open ? lane : least));
  }
}

const newLane = (): Lane => ({ thread: new InferenceThread(), open: 0 });
