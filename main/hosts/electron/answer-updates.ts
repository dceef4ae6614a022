import { app, BrowserWindow } from 'electron';
import { z } from 'zod';
import type { Backend } from '#main/backend.ts';
import type { HomeFolder } from '#main/studio/home-folder.ts';
import { homeFolder } from '../home-folder.ts';
import { programVersion, resourcesFolder } from '../program-files.ts';
import { thisCopy } from '../updates/this-copy.ts';
import { Updates } from '../updates/updates.ts';
import { answer } from './answer-page.ts';

/** Newer versions of the program, as the page asks for them. */
export function answerUpdates(backend: Backend, home: HomeFolder): Updates {
  const { platform, env, execPath } = process;
  const updates = new Updates({
    copy: thisCopy({ platform, env, execPath, resourcesFolder }),
    version: programVersion,
    homeFolder: homeFolder(),
    settings: () => home.settings(),
    jobsRun: async () =>
      backend.openedProject() !== null && (await backend.client.jobs.list()).some(({ state }) => state === 'running'),
    quit: () => app.quit(),
    tell: (state) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send('cuepoint:update', state);
    },
  });
  app.on('web-contents-created', (_event, contents) => contents.on('will-prevent-unload', () => updates.stay()));
  answer('cuepoint:update-state', z.undefined(), async () => updates.state());
  answer('cuepoint:look-for-update', z.undefined(), async () => updates.look());
  answer('cuepoint:download-update', z.undefined(), async () => updates.download());
  answer('cuepoint:restart-to-update', z.undefined(), async () => updates.restart());
  return updates;
}
