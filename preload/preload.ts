import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { OfferedProject, StudioHost } from './host.ts';

/** Names of the messages between this file and `main/hosts/electron/`; the pages see only `cuepointHost`. */
const host: StudioHost = {
  platform: process.platform,
  choose: (what) => ipcRenderer.invoke('cuepoint:choose', what) as Promise<readonly string[]>,
  placesOf: (files) =>
    ipcRenderer.invoke(
      'cuepoint:places-of',
      files.map((file) => webUtils.getPathForFile(file)),
    ) as Promise<readonly string[]>,
  reveal: (path) => ipcRenderer.invoke('cuepoint:reveal', path) as Promise<void>,
  onCommand(listener) {
    const heard = (_event: unknown, commandId: unknown) => listener(String(commandId));
    ipcRenderer.on('cuepoint:command', heard);
    return () => void ipcRenderer.off('cuepoint:command', heard);
  },
  onProject(listener) {
    // What came before anybody listened waits in main, and is taken once.
    const take = async () => {
      const offered = (await ipcRenderer.invoke('cuepoint:take-project')) as OfferedProject | null;
      if (offered !== null) listener(offered);
    };
    const heard = () => void take();
    ipcRenderer.on('cuepoint:project', heard);
    heard();
    return () => void ipcRenderer.off('cuepoint:project', heard);
  },
};

contextBridge.exposeInMainWorld('cuepointHost', host);
