import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { StudioPage } from '../pages/studio-page.ts';

/** The screen that a program without one gets. */
const screen = ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1600x1000x24'];

/**
 * A packaged app as a person starts it, in a home of its own. Its window is driven over the protocol of Chromium's
 * developer tools, as Playwright's Electron driver does it inside; that driver itself wants Node's inspector too, which
 * the app's fuses turn off. What is run is what is shipped: Electron, or the stand-in for it.
 */
export class PackagedStudio implements AsyncDisposable {
  readonly program: string;
  readonly folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-packaged-'));
  #process: ChildProcess | null = null;
  #browser: Browser | null = null;
  #endpoint = '';
  #errors = '';

  constructor(program: string) {
    this.program = program;
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, HOME: this.folder, USERPROFILE: this.folder, CUEPOINT_HOME: this.at('.cuepoint-home') };
  }

  at(...parts: readonly string[]): string {
    return path.join(this.folder, ...parts);
  }

  /** What it wrote to its error output since it was started. */
  get errors(): string {
    return this.#errors;
  }

  /** Runs it without a window to its end. */
  run(
    words: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): { readonly code: number | null; readonly said: string; readonly errors: string } {
    const [program, ...args] = this.#commandLine(words);
    const env = { ...this.env, ...variables };
    const { status, stdout, stderr } = spawnSync(program!, args, { env, encoding: 'utf8', timeout: 120_000 });
    return { code: status, said: stdout, errors: stderr };
  }

  /** Starts it without a window and answers its process. */
  begin(...words: readonly string[]): ChildProcess {
    const [program, ...args] = this.#commandLine(words);
    return spawn(program!, args, { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Starts it and answers its window, once the studio stands in it. The GPU process is off. */
  async start(...words: readonly string[]): Promise<StudioPage> {
    const [program, ...args] = this.#commandLine(['--remote-debugging-port=0', '--disable-gpu', ...words]);
    const started = spawn(program!, args, { env: this.env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = started;
    this.#errors = '';
    this.#endpoint = await new Promise((resolve, reject) => {
      started.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.#errors += text;
        const found = /DevTools listening on (ws:\S+)/.exec(this.#errors);
        if (found) resolve(found[1]!);
      });
      started.once('exit', (code) =>
        reject(new Error(`It ended with ${String(code)} before its window: ${this.#errors}`)),
      );
    });
    return this.window();
  }

  /** The window as it is now: another page where the last one’s process has gone. */
  async window(): Promise<StudioPage> {
    for (const until = Date.now() + 120_000; ;) {
      await this.#browser?.close();
      this.#browser = await chromium.connectOverCDP(this.#endpoint, { noDefaults: true });
      const pages = this.#browser.contexts().flatMap((context) => context.pages());
      for (const page of pages.toReversed()) {
        page.setDefaultTimeout(60_000);
        if (
          await page
            .getByRole('main')
            .isVisible({ timeout: 5000 })
            .catch(() => false)
        )
          return new StudioPage(page);
      }
      if (Date.now() > until) throw new Error(`No window shows the studio: ${this.#errors}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Ends the process of the page, as a crash would. */
  async crashPage({ page }: StudioPage): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const gone = new Promise((resolve) => page.once('crash', resolve));
    // It never answers.
    void session.send('Page.crash').catch(() => undefined);
    await gone;
  }

  /** Closes the window, as a person does, and answers the exit code of the program. */
  async quit({ page }: StudioPage): Promise<number | null> {
    const gone = once(this.#process!, 'exit') as Promise<[number | null]>;
    await page.close();
    const [code] = await gone;
    await this.#browser?.close();
    this.#process = null;
    return code;
  }

  /** Process numbers of all that it started, from /proc, so on Linux only. */
  descendants(): { readonly pid: number; readonly words: string }[] {
    if (this.#process === null) return [];
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const known = all.flatMap((pid) => processOf(pid) ?? []);
    const found = new Set([this.#process.pid!]);
    for (let before = 0; before !== found.size;) {
      before = found.size;
      for (const { pid, parent } of known) if (found.has(parent)) found.add(pid);
    }
    return known.filter(({ pid }) => found.has(pid));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    if (this.#process?.exitCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #commandLine(words: readonly string[]): readonly string[] {
    const isLinux = process.platform === 'linux';
    const isStandIn = isLinux && readFileSync(this.program).subarray(0, 2).toString() === '#!';
    if (isStandIn || !isLinux) return [this.program, ...words];
    // Chromium's sandbox needs rights that a machine of continuous integration does not give.
    const command = [this.program, '--no-sandbox', ...words];
    return process.env['DISPLAY'] ? command : [...screen, ...command];
  }
}

function processOf(pid: string): { readonly pid: number; readonly parent: number; readonly words: string } | null {
  try {
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return { pid: Number(pid), parent: Number(parent), words: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    return null;
  }
}
