import { setTimeout } from 'node:timers/promises';
import { stagesKept } from '#main/pipeline/feature-store/stage-store.ts';
import { answerCalls } from '../call-port/answer-calls.ts';
import { askingFor } from './memory/ask-server.ts';
import type { MainPort } from './main-port.ts';
import type { EngineTasks } from './tasks.ts';
import type { EngineMemory } from './tasks/engine-memory.ts';
import { Lane } from './tasks/lane.ts';
import type { EngineTask } from './tasks/task-context.ts';
import type { LaneName, TaskTable } from './tasks/task-table.ts';
import { thinned } from './tasks/thin-progress.ts';
import type { TaskProgress } from './vocabulary.ts';

/** How often a task that waits for its lane says that it is waiting, in milliseconds. */
const waitingSignMs = 5000;

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
    ahead: new Lane(1),
  };
  port.onClosed(exit);
  answerCalls<EngineTasks, TaskProgress>(
    port,
    async (name, input, { signal, report, sign }) => {
      const { lane, isPatient = false, load } = table[name];
      const waiting = setInterval(sign, waitingSignMs);
      try {
        const output = await lanes[lane].run(signal, async () => {
          clearInterval(waiting);
          sign();
          const run: EngineTask<typeof name> = await load();
          return askingFor({ signal, report: thinned(report) }, isPatient, (control) =>
            run(input, { ...control, memory }),
          );
        });
        return { output };
      } finally {
        clearInterval(waiting);
      }
    },
    (settled) => void Promise.race([settled.then(stagesKept), setTimeout(closingMs)]).then(exit),
  );
}
