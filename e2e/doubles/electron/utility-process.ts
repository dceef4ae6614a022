import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { ForkOptions, UtilityProcess } from 'electron';
import { stage } from './stage.ts';

const bootstrap = path.join(import.meta.dirname, 'utility-child.ts');

class UtilityProcessDouble
  extends EventEmitter
  implements Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill' | 'stderr'>
{
  readonly #child: ChildProcess;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    this.#child = fork(bootstrap, [modulePath, ...args], {
      serialization: 'advanced',
      execArgv: process.execArgv.filter((word) => word.startsWith('--preserve-symlinks')),
      env: options.env as NodeJS.ProcessEnv,
      stdio: [...(options.stdio as ['ignore', 'ignore', 'pipe']), 'ipc'],
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => this.emit('exit', code ?? 1));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.#child.stderr;
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => undefined);
  }

  kill(): boolean {
    return this.#child.kill('SIGKILL');
  }
}

export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcessDouble {
    stage.needReady('utilityProcess');
    return new UtilityProcessDouble(modulePath, args, options);
  },
};
