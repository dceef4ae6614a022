import { EngineMemory } from './tasks/engine-memory.ts';
import { mainPort } from './main-port.ts';
import { forgetProviderTrials } from './inference/provider-trial-journal.ts';
import { serveTasks } from './serve-tasks.ts';
import { taskTable } from './tasks/task-table.ts';

// Where the system starts this process by a helper, it does not inherit what main decided of its files.
process.umask(0o077);

/**
 * Entry of the engine process. It ends without running native destructors: a model may still be computing on its
 * thread, and everything on disk is written so that it can be cut off anywhere.
 */
serveTasks(mainPort(), taskTable, new EngineMemory(), () => {
  forgetProviderTrials();
  process.kill(process.pid, 'SIGKILL');
});

// Ctrl-C at a terminal reaches every process of a command; main says what it means for the work here.
process.on('SIGINT', () => undefined);
