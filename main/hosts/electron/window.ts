import path from 'node:path';
import { BrowserWindow } from 'electron';
import { programFolder } from '../program-files.ts';
import { studioAddress } from './scheme.ts';
import { pagePreferences } from './security.ts';

/** Opens the studio's window; it shows itself once there is something to see. */
export async function openWindow(): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'Cuepoint',
    width: 1600,
    height: 1000,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: '#121212',
    icon: path.join(programFolder, 'resources', 'icons', 'cuepoint.png'),
    webPreferences: { ...pagePreferences, preload: path.join(programFolder, 'dist', 'preload.cjs') },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(studioAddress);
  return window;
}

/** Brings a window to the front, wherever it was. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
