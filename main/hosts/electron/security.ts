import { app, session, type WebPreferences } from 'electron';
import { isOurs } from './scheme.ts';

/** The pages are a web site without privileges: no Node, a world of their own, in Chromium's sandbox. */
export const pagePreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  disableDialogs: true,
  spellcheck: false,
} as const satisfies WebPreferences;

/** Denies what a page of ours never needs: other addresses, new windows, embedded views and every permission. */
export function denyStrangers(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    for (const moment of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
      contents.on(moment as 'will-navigate', (event) => {
        if (!isOurs(event.url)) event.preventDefault();
      });
    }
  });
}

/** Every permission is denied, asked for or looked up. Needs the app to be ready. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}
