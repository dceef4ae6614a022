/**
 * A double of the module `electron` as far as the program uses it, for machines where Electron's binary cannot run:
 * windows are pages of a real Chromium, schemes are answered by the registered handler, utility processes are child
 * processes, and what a person or the system would decide is decided by the test through `stage`. It refuses what
 * Electron refuses: touching things before the app is ready, or after.
 */
export { app } from './electron/app.ts';
export { BrowserWindowDouble as BrowserWindow } from './electron/browser-window.ts';
export { ipcMain } from './electron/ipc.ts';
export { session } from './electron/permissions.ts';
export { protocol } from './electron/protocol.ts';
export { dialog, Menu, shell } from './electron/system.ts';
export { utilityProcess } from './electron/utility-process.ts';
