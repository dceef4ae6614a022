import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow, BrowserWindowConstructorOptions, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Page } from 'playwright-core';
import { launchChromium, type OpenChromium } from '../../chromium.ts';
import { invokeHandlers } from './ipc.ts';
import { bindings, preloadWorld } from './preload-world.ts';
import { openSchemeBridge, type SchemeBridge } from './scheme-bridge.ts';
import { stage } from './stage.ts';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

class WebContentsDouble extends EventEmitter {
  openHandler: OpenHandler = () => ({ action: 'allow' });
  page: Page | null = null;
  reload: () => void = () => undefined;

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    const call = `window.${bindings.receive}(${JSON.stringify(channel)}, ${JSON.stringify(args)})`;
    void this.page?.evaluate(call);
  }

  /** Emits an event that listeners may prevent; answers whether one did. */
  isPrevented(event: string, details: object): boolean {
    let prevented = false;
    this.emit(event, { ...details, preventDefault: () => (prevented = true) });
    return prevented;
  }
}

/** A window of the program, shown by a real Chromium. */
export class BrowserWindowDouble
  extends EventEmitter
  implements Pick<BrowserWindow, 'loadURL' | 'show' | 'focus' | 'close' | 'restore' | 'isMinimized' | 'isVisible'>
{
  /** Those that are open, in the order in which they were opened. */
  static readonly #open: BrowserWindowDouble[] = [];
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new WebContentsDouble();
  /** Addresses that the page wanted to go to, or to open, and was not let. */
  readonly refused: string[] = [];
  #chromium: OpenChromium | null = null;
  #bridge: SchemeBridge | null = null;
  #visible: boolean;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    stage.needReady('BrowserWindow');
    this.options = options;
    this.#visible = options.show ?? true;
    BrowserWindowDouble.#open.push(this);
    stage.events.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): BrowserWindowDouble[] {
    return [...BrowserWindowDouble.#open];
  }

  static fromWebContents(contents: unknown): BrowserWindowDouble | null {
    return BrowserWindowDouble.#open.find((window) => window.webContents === contents) ?? null;
  }

  /** The page in Chromium, for a test to look at and act on. */
  get page(): Page {
    if (!this.webContents.page) throw new Error('the window shows nothing yet');
    return this.webContents.page;
  }

  async loadURL(address: string): Promise<void> {
    const { protocol, host } = new URL(address);
    const scheme = protocol.slice(0, -1);
    if (!stage.privilegedSchemes.has(scheme)) throw new Error(`${scheme}: is no privileged scheme that can show pages`);
    const { width = 800, height = 600 } = this.options;
    this.#chromium = await launchChromium({ width, height }, stage.chromiumWords);
    if (stage.chromiumWords.length > 0) tellWhereToDebug(this.#chromium.profile);
    this.#bridge = await openSchemeBridge(scheme, host);
    await this.#show(address);
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }

  /** Shows the address in a page of its own; another takes its place where its process goes and it is loaded again. */
  async #show(address: string): Promise<void> {
    const { context } = this.#chromium!;
    const bridge = this.#bridge!;
    const earlier = this.webContents.page;
    const page = (this.webContents.page = earlier ? await context.newPage() : context.pages()[0]!);
    this.webContents.reload = () => void this.#show(address);
    await this.#runPreload(page, bridge);
    await this.#watchNavigation(page, bridge);
    page.on('crash', () => this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    page.on('close', () => this.webContents.page === page && this.close());
    await page.goto(bridge.toChromium(address), { timeout: 120_000 });
    await earlier?.close();
  }

  async #runPreload(page: Page, bridge: SchemeBridge): Promise<void> {
    await page.exposeBinding(bindings.invoke, async ({ frame }, channel: string, args: unknown[]) => {
      const handler = invokeHandlers.get(channel);
      if (!handler) return { ok: false, message: `No handler registered for '${channel}'` };
      const senderFrame = { url: bridge.toProgram(frame.url()), parent: frame.parentFrame() };
      try {
        const value = await handler(
          { sender: this.webContents, senderFrame } as unknown as IpcMainInvokeEvent,
          ...args,
        );
        return { ok: true, value };
      } catch (error) {
        return { ok: false, message: String(error) };
      }
    });
    const preload = this.options.webPreferences?.preload;
    if (preload === undefined) return;
    await page.addInitScript(preloadWorld(readFileSync(preload, 'utf8'), process.platform, stage.droppedFiles));
  }

  async #watchNavigation(page: Page, bridge: SchemeBridge): Promise<void> {
    const { webContents } = this;
    await page.route('**/*', (route, request) => {
      const url = bridge.toProgram(request.url());
      if (!request.isNavigationRequest() || url !== request.url()) return route.continue();
      const details = { url, isMainFrame: request.frame().parentFrame() === null };
      const prevented = [
        webContents.isPrevented('will-frame-navigate', details),
        details.isMainFrame && webContents.isPrevented('will-navigate', details),
      ];
      if (!prevented.includes(true)) return route.fulfill({ body: 'a stranger’s page', contentType: 'text/html' });
      this.refused.push(url);
      return route.abort('aborted');
    });
    page.on('popup', (popup) => {
      const url = bridge.toProgram(popup.url());
      const { action } = webContents.openHandler({ url } as Parameters<OpenHandler>[0]);
      if (action === 'deny') {
        this.refused.push(url);
        void popup.close();
      }
    });
  }

  show(): void {
    this.#visible = true;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    this.emit('focus');
  }

  restore(): void {
    this.emit('restore');
  }

  isMinimized(): boolean {
    return false;
  }

  /** Chromium goes meanwhile; `closed` resolves when it has gone. */
  close(): void {
    const open = BrowserWindowDouble.#open;
    const index = open.indexOf(this);
    if (index < 0) return;
    open.splice(index, 1);
    this.closed = this.#end();
    this.emit('closed');
    if (open.length === 0) stage.events.emit('window-all-closed');
  }

  closed: Promise<void> = Promise.resolve();

  async #end(): Promise<void> {
    await this.#chromium?.[Symbol.asyncDispose]();
    await this.#bridge?.[Symbol.asyncDispose]();
  }
}

/** As Chromium does by itself inside Electron, for whoever drives the window from outside. */
function tellWhereToDebug(profile: string): void {
  const [port, address] = readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  process.stderr.write(`DevTools listening on ws://127.0.0.1:${port}${address}\n`);
}
