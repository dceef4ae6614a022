import type { App } from 'electron';
import { BrowserWindowDouble } from './browser-window.ts';
import { leaveSingleInstanceLock, takeSingleInstanceLock } from './single-instance.ts';
import { stage } from './stage.ts';

let quitting = false;

/** Windows close first, and `will-quit` may hold the end back, as in Electron. */
function quit(): void {
  if (quitting) return;
  quitting = true;
  for (const window of BrowserWindowDouble.getAllWindows()) window.close();
  let held = false;
  stage.events.emit('will-quit', { preventDefault: () => (held = true) });
  quitting = held;
  if (!held) stage.exit(0);
}

const surface = {
  whenReady: () => stage.whenReady,
  isReady: () => stage.isReady,
  get isPackaged() {
    return stage.isPackaged;
  },
  quit,
  exit: (code = 0) => stage.exit(code),
  requestSingleInstanceLock: takeSingleInstanceLock,
  releaseSingleInstanceLock: leaveSingleInstanceLock,
  addRecentDocument: (file: string) => void stage.recentDocuments.push(file),
  setJumpList: () => 'ok' as const,
  setPath: (name: string, folder: string) => void stage.paths.set(name, folder),
  getPath: (name: string) => stage.paths.get(name) ?? '',
  commandLine: {
    appendSwitch: (name: string, value = '') => {
      if (stage.isReady) throw new Error('switches must come before the app is ready');
      stage.switches.set(name, value);
    },
  } as App['commandLine'],
  disableHardwareAcceleration: () => {
    if (stage.isReady) throw new Error('disableHardwareAcceleration must come before the app is ready');
  },
} satisfies Partial<App>;

/** Electron's emitters are Node's, so its events need no double. */
export const app = Object.assign(stage.events, surface);
