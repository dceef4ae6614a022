import { setTimeout } from 'node:timers/promises';
import { Failure } from '#preload/domain/failure.ts';
import type { EngineMemory } from './tasks/engine-memory.ts';
import { failureValueOf } from './failure-value.ts';
import { Lane } from './tasks/lane.ts';
import type { MainPort } from './main-port.ts';
import { thinned } from './tasks/thin-progress.ts';
import type { LaneName, TaskTable } from './tasks/task-table.ts';
import type { EngineTask } from './tasks/task-context.ts';
import type { EngineTaskName, EngineTasks } from './tasks.ts';

/** How long tasks that were told to stop are waited for. */
const closingMs = 2000;

/**
 * Runs what main asks for until main says stop or has gone: each task in its lane, lanes beside each other, so that a
 * thumbnail does not wait for an hour of frames. `exit` is called once, after the tasks have let go.
 */
export function serveTasks(port: MainPort, table: TaskTable, memory: EngineMemory, exit: () => void): void {
  const lanes: Record<LaneName, Lane> = {
    interactive: new Lane(4),
    pictures: new Lane(2),
    files: new Lane(1),
    transcoding: new Lane(1),
    inference: new Lane(1),
    training: new Lane(1),
  };
  const running = new Map<number, { readonly abort: AbortController; readonly settled: Promise<void> }>();

  async function answer<Name extends EngineTaskName>(
    id: number,
    task: Name,
    input: EngineTasks[Name]['input'],
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const { lane, load } = table[task];
      const report = thinned((progress) => port.post({ kind: 'progress', id, progress }));
      const output = await lanes[lane].run(signal, async () => {
        const run: EngineTask<Name> = await load();
        return run(input, { signal, report, memory });
      });
      port.post({ kind: 'done', id, output });
    } catch (error) {
      // Whatever an aborted task threw on its way out, it stopped because it was told to.
      port.post({ kind: 'failed', id, failure: failureValueOf(signal.aborted ? signal.reason : error) });
    } finally {
      running.delete(id);
    }
  }

  async function stop(): Promise<void> {
    const all = [...running.values()];
    for (const { abort } of all) abort.abort(new Failure('engine-stopped', 'The engine was closed.'));
    await Promise.race([Promise.all(all.map(({ settled }) => settled)), setTimeout(closingMs)]);
    exit();
  }

  port.onClosed(exit);
  port.onMessage((message) => {
    if (message.kind === 'run') {
      const abort = new AbortController();
      const settled = answer(message.id, message.task, message.input, abort.signal);
      running.set(message.id, { abort, settled });
    } else if (message.kind === 'cancel') {
      running.get(message.id)?.abort.abort(new Failure('cancelled', 'It was cancelled.'));
    } else {
      void stop();
    }
  });
}
