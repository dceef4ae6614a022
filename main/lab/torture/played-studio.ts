import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SpokenProcess } from './spoken-process.ts';

const besides = (name: string): string => fileURLToPath(new URL(`${name}.ts`, import.meta.url));

/** What a failed job may say while engines are being killed. */
const isOfTheKill = /"code":"engine-stopped"/u;

/** A studio that serves a project, in a process of its own; see `studio-process.ts`. */
export class PlayedStudio {
  readonly process: SpokenProcess;
  link = '';
  /** Jobs that failed for another reason than the end of their engine. */
  readonly faults: string[] = [];
  /** Signs of jobs on the engine that runs. */
  signsOfJobs = 0;
  jobsDone = 0;
  #enginesGone = 0;
  #enginesKilled = 0;
  #threadsEnded = 0;
  #engine: number | null = null;
  readonly #engines: number[] = [];

  private constructor(project: string, mode: string, tally: string) {
    const env = { CUEPOINT_TORTURE_TALLY: tally };
    this.process = new SpokenProcess(besides('studio-process'), [project, mode], (line) => this.#hear(line), env);
  }

  /** Serves `project`. The engine adds a byte to the file `tally` for each of its threads that it is told to end. */
  static async start(project: string, mode: 'without end' | 'to the end', tally: string): Promise<PlayedStudio> {
    const studio = new PlayedStudio(project, mode, tally);
    await studio.process.until('a link', () => studio.link !== '');
    return studio;
  }

  /** Waits for an engine to be there. `SIGUSR2` ends a thread of it. */
  async killEngine(signal: 'SIGKILL' | 'SIGUSR2'): Promise<void> {
    await this.process.until('an engine', () => this.#engine !== null);
    const engine = this.#engine!;
    if (signal === 'SIGUSR2') {
      this.#threadsEnded += 1;
      signalTo(engine, signal);
      return;
    }
    this.#enginesKilled += 1;
    signalTo(engine, signal);
    await this.process.until('the end of the engine', () => this.#engine !== engine);
  }

  /** How many engines ended that were not killed, as one may with a thread of it. Fails where no thread was ended. */
  enginesGoneByThemselves(): number {
    const gone = this.#enginesGone - this.#enginesKilled;
    if (gone > this.#threadsEnded) throw new Error('an engine ended that nobody had touched');
    return gone;
  }

  /** Resolves once it has gone, and its engines with it. */
  async untilGone(): Promise<void> {
    await this.process.untilGone();
    for (let tries = 0; this.#engines.some((pid) => signalTo(pid, 0)); tries += 1) {
      if (tries > 600) throw new Error('an engine outlives its studio');
      await setTimeout(50);
    }
  }

  #hear(line: string): void {
    const [what, ...words] = line.split(' ');
    if (what === 'link') this.link = words[0]!;
    if (what === 'engine') {
      this.#engine = Number(words[0]);
      this.#engines.push(this.#engine);
    }
    if (what === 'gone') {
      this.#enginesGone += 1;
      if (this.#engine === Number(words[0])) this.#engine = null;
    }
    if (what !== 'job') return;
    const [kind, state, , ...failure] = words;
    if (this.#engine !== null || state === 'done') this.signsOfJobs += 1;
    if (state === 'done') this.jobsDone += 1;
    if (state === 'failed' && !isOfTheKill.test(failure.join(' '))) this.faults.push(`${kind}: ${failure.join(' ')}`);
  }
}

/** A page that edits through the served door, in a process of its own; see `page-process.ts`. */
export class PlayedPage {
  readonly process: SpokenProcess;
  /** Edits of the model that are stored, those before this page included. */
  acknowledged: number;
  /** What the studio refused. */
  readonly faults: string[] = [];

  private constructor(link: string, seed: number, done: number) {
    this.acknowledged = done;
    this.process = new SpokenProcess(besides('page-process'), [link, String(seed), String(done)], (line) => {
      if (line.startsWith('refused')) this.faults.push(line);
      else this.acknowledged = Number(line);
    });
  }

  /** Resolves with its first edit. */
  static async open(link: string, seed: number, done: number): Promise<PlayedPage> {
    const page = new PlayedPage(link, seed, done);
    await page.process.until('a first edit', () => page.acknowledged > done);
    return page;
  }
}

/** Whether the process was there to get it. */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
