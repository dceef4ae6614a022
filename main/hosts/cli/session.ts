import type { Backend } from '#main/backend.ts';
import type { EngineCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import type { Engine } from '#main/engine/tasks.ts';
import { ReportFolder, reportsIn } from '#main/failures/report-folder.ts';
import { homeFolder } from '../home-folder.ts';
import { programVersion } from '../program-files.ts';
import type { Outcome } from './outcome.ts';
import type { ProgressLine } from './progress-line.ts';

/** What one run of the command line works with. Disposing it ends the engine and closes the project. */
export interface Session extends AsyncDisposable {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
  /** Its process starts with the first task. */
  readonly engine: Engine;
  /** Created when first asked for. */
  backend(): Promise<Backend>;
  /** Prints an outcome at once, for a command that goes on after it. */
  announce(outcome: Outcome): void;
}

export function openSession(
  carrier: EngineCarrier,
  signal: AbortSignal,
  progress: ProgressLine,
  announce: (outcome: Outcome) => void,
): Session {
  const reports = new ReportFolder(reportsIn(homeFolder()), programVersion);
  const engine = startEngine(carrier, (why, lastWords) => reports.noteEngineEnd(why, lastWords));
  let backend: Promise<Backend> | null = null;
  return {
    signal,
    progress,
    engine,
    announce,
    backend: () => (backend ??= createOne(engine)),
    async [Symbol.asyncDispose]() {
      await (await backend?.catch(() => null))?.close();
      await engine[Symbol.asyncDispose]();
    },
  };
}

/** Loaded when needed: most of what a video command would otherwise wait for is the backend's code. */
async function createOne(engine: Engine): Promise<Backend> {
  const { createBackend } = await import('#main/backend.ts');
  return createBackend({ homeFolder: homeFolder(), engine, version: programVersion });
}
