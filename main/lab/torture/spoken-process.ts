import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

/** How long anything may take that must come, on a machine that is busy with other things, in milliseconds. */
const longestWaitMs = 120_000;

/** A program of the lab that speaks in lines on its standard output, and is there to be killed. */
export class SpokenProcess {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #heard = new EventEmitter().setMaxListeners(0);
  #rest = '';
  #errors = '';
  #isOver = false;

  constructor(entry: string, args: readonly string[], onLine: (line: string) => void, env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [entry, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors = (this.#errors + text).slice(-2000)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop()!;
      for (const line of lines) onLine(line);
      this.#heard.emit('news');
    });
    this.#closed = once(child, 'close').then(() => {
      this.#isOver = true;
      this.#heard.emit('news');
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Null where a signal ended it, or nothing yet. */
  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /** The end of what it wrote to its error output. */
  get errors(): string {
    return this.#errors.trim();
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves once a line has made it so. Rejects where the program ends before that, or nothing comes of it. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(longestWaitMs);
    while (!isSo()) {
      if (this.#isOver) throw new Error(`ended before ${what}: ${this.errors}`);
      await once(this.#heard, 'news', { signal }).catch(() => Promise.reject(new Error(`${what}: nothing came of it`)));
    }
  }

  /** Resolves once it has gone and all that it said was heard. Rejects where it stays. */
  async untilGone(): Promise<void> {
    const signal = AbortSignal.timeout(longestWaitMs);
    while (!this.#isOver)
      await once(this.#heard, 'news', { signal }).catch(() => Promise.reject(new Error('it does not end')));
    await this.#closed;
  }
}
