import { fork, type Serializable } from 'node:child_process';
import type { Port } from '../call-port/port.ts';
import { moduleBeside } from '../call-port/thread.ts';
import { engineEnvironment } from './engine-scratch.ts';

/** One running engine process, whatever started it. What is posted once it has gone is lost; `onExit` tells of its end. */
export interface EngineProcess extends Port {
  readonly pid: number | undefined;
  /** Called once, also when the process could not be started. `reason` completes "it stopped: …". */
  onExit(listener: (exit: EngineExit) => void): void;
  /** Ends the process at once, whatever it is doing. */
  kill(): void;
}

export interface EngineExit {
  readonly reason: string;
  /** The end of what the process wrote to its error output; native crashes say why there. */
  readonly lastWords: string;
}

/** Starts an engine process: a child process under Node, Electron's `utilityProcess` under Electron. */
export type EngineCarrier = () => EngineProcess;

/** The engine's entry file, in sources as in a build. */
export const engineEntry = moduleBeside(import.meta.filename, 'engine-process');

const lastWordsLength = 2000;

/** Carries the engine as a child process of the Node that runs now. Its standard output stays free for the command line. */
export const childProcessCarrier: EngineCarrier = () => carriedBy(engineEntry);

/** The same with an entry of the caller's, which goes on to the engine's own. */
export const carriedBy = (entry: string): EngineProcess => {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: engineEnvironment(),
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-lastWordsLength);
  });
  return {
    pid: child.pid,
    post: (message) => {
      if (child.connected) child.send(message as Serializable, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      let told = false;
      const tell = (reason: string) => {
        if (!told) listener({ reason, lastWords });
        told = true;
      };
      child.on('error', (error) => {
        if (child.pid === undefined) tell(error.message);
      });
      // 'close' follows 'exit' once the error output has been read to its end.
      child.on('close', (code, signal) => tell(signal ? `signal ${signal}` : `exit code ${code}`));
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
