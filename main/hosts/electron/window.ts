import path from 'node:path';
import { BrowserWindow } from 'electron';
import type { ReportFolder } from '#main/failures/report-folder.ts';
import { programFolder } from '../program-files.ts';
import { studioAddress } from './scheme.ts';
import { pagePreferences } from './security.ts';

/** A page that ends again so soon after it began anew would end for ever. */
const soonMs = 10_000;

/**
 * Opens the studio's window; it shows itself once there is something to see. Where the process of its page ends by
 * itself, that is reported and the page begins anew: what was done in it is stored. `giveUp` is called where it does so
 * again and again.
 */
export async function openWindow(reports: ReportFolder, giveUp: (reason: string) => void): Promise<BrowserWindow> {
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
  let beganAnewAt = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    reports.write('window', `The page's process has gone: ${reason}, exit code ${exitCode}.`);
    const wasSoon = Date.now() - beganAnewAt < soonMs;
    beganAnewAt = Date.now();
    if (wasSoon) giveUp(reason);
    else window.webContents.reload();
  });
  await window.loadURL(studioAddress);
  return window;
}

/** Brings a window to the front, wherever it was. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
