import { existsSync } from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { z } from 'zod';
import type { Backend } from '#main/backend.ts';
import { partsOf } from '#main/project/folder-parts.ts';
import { projectName } from '#main/project/project-folder.ts';
import type { HomeFolder } from '#main/studio/home-folder.ts';
import { placeToken } from '#preload/contract/given.ts';
import type { OfferedProject } from '#preload/host.ts';
import { answer } from './answer-page.ts';
import { setMenu } from './menu.ts';

/**
 * Projects that are named from outside the window: by the file manager, a second start, or the menus. The page is shown the
 * latest one, asks where another is open, and opens it in its place. It waits here until the page says that it is settled,
 * since a page that begins anew meanwhile forgets what it was asked.
 */
export class OutsideProjects {
  readonly #backend: Backend;
  readonly #refuse: (error: unknown) => void;
  #window: BrowserWindow | null = null;
  #waiting: OfferedProject | null = null;

  /** `refuse` is told why something is no project. */
  constructor(backend: Backend, refuse: (error: unknown) => void) {
    this.#backend = backend;
    this.#refuse = refuse;
    answer('cuepoint:offered-project', z.undefined(), async () => this.#waiting);
    answer('cuepoint:settle-project', placeToken, async (place) => {
      if (this.#waiting?.place === place) this.#waiting = null;
    });
  }

  showIn(window: BrowserWindow): void {
    this.#window = window;
  }

  /** `ask` is false where the person chose it in a menu of this very window. */
  offer(project: string, ask: boolean): void {
    const open = this.#backend.openedProject();
    if (open === project) return;
    if (!existsSync(partsOf(project).database)) {
      // Says what it is instead.
      void this.#backend.openProject(project).catch(this.#refuse);
      return;
    }
    const { token } = this.#backend.placeOf(project);
    this.#waiting = { name: projectName(project), place: token, ask: ask && open !== null };
    this.#window?.webContents.send('cuepoint:project');
  }
}

/** Keeps the menu's recent projects as they are, and the system's own list of them where it has one. */
export function followRecentProjects(backend: Backend, home: HomeFolder, projects: OutsideProjects): void {
  const show = () => {
    const recent = home.recent().filter(({ location }) => existsSync(location));
    setMenu(process.platform, recent, (location) => projects.offer(location, false));
    const opened = backend.openedProject();
    if (process.platform === 'darwin' && opened !== null) app.addRecentDocument(opened);
    if (process.platform === 'win32') app.setJumpList([jumpListOf(recent)]);
  };
  show();
  backend.onProject(show);
}

/** A category of the task bar's menu; each entry starts the app with its project, which the running one opens. */
const jumpListOf = (recent: ReturnType<HomeFolder['recent']>): Electron.JumpListCategory => ({
  type: 'custom',
  name: 'Recent projects',
  items: recent.slice(0, 10).map(({ name, location }) => ({
    type: 'task',
    title: name,
    description: path.dirname(location),
    program: process.execPath,
    args: `"${location}"`,
  })),
});
