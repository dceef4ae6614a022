import type { BaseUpdater, MacUpdater } from 'electron-updater';
import { NodeRequests } from './node-requests.ts';

export type Updater = BaseUpdater | MacUpdater;

/** What the updater is told of the program. */
interface Program {
  readonly version: string;
  readonly configFile: string;
  /** What is downloaded waits here. */
  readonly folder: string;
}

/** The updater of this system. It asks, downloads and installs only when it is told to. */
export async function createUpdater({ version, configFile, folder }: Program): Promise<Updater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  const Kind = { darwin: MacUpdater, win32: NsisUpdater }[process.platform as string] ?? AppImageUpdater;
  const updater = new Kind(undefined, {
    version,
    name: 'cuepoint',
    isPackaged: true,
    appUpdateConfigPath: configFile,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: async () => undefined,
    // The program ends and starts as `Updates` says, once its project is closed.
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  });
  updater.autoDownload = false;
  updater.logger = null;
  return Object.assign(updater, { httpExecutor: new NodeRequests() });
}
