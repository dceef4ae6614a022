import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, MessageBoxOptions, OpenDialogOptions } from 'electron';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** What every part of the double shares, and what a test sees and steers. */
class Stage {
  /** `app`'s events. */
  readonly events = new EventEmitter();
  readonly #ready = Promise.withResolvers<void>();
  readonly #exited = Promise.withResolvers<number>();
  isReady = false;
  /** Whether the program runs from a package; only then it may be started twice. */
  isPackaged = false;
  readonly paths = new Map<string, string>();
  /** Chromium's, with their values. */
  readonly switches = new Map<string, string>();
  /** What the double's own Chromium is started with besides. */
  readonly chromiumWords: string[] = [];
  readonly schemes = new Map<string, SchemeHandler>();
  readonly privilegedSchemes = new Set<string>();
  readonly revealed: string[] = [];
  readonly recentDocuments: string[] = [];
  onErrorBox: (title: string, content: string) => void = () => undefined;
  readonly errorBoxes: { readonly title: string; readonly content: string }[] = [];
  readonly openDialogs: OpenDialogOptions[] = [];
  readonly messages: MessageBoxOptions[] = [];
  /** What the person picks in the dialogs to come; none left means they give up. */
  readonly picks: string[][] = [];
  /** Where a file that is dropped on a window lies, by its name. */
  readonly droppedFiles = new Map<string, string>();
  menu: readonly MenuItemConstructorOptions[] = [];

  readonly whenReady: Promise<void> = this.#ready.promise;
  readonly exited: Promise<number> = this.#exited.promise;

  becomeReady(): void {
    this.isReady = true;
    this.events.emit('ready');
    this.#ready.resolve();
  }

  exit(code: number): void {
    this.#exited.resolve(code);
  }

  /** Electron throws when these are touched too early; so does the double. */
  needReady(what: string): void {
    if (!this.isReady) throw new Error(`${what} can only be used once the app is ready`);
  }
}

export const stage = new Stage();
