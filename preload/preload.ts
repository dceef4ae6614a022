import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { UpdateState } from './domain/update-state.ts';
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
    // What came before anybody listened waits in main.
    const look = async () => {
      const offered = (await ipcRenderer.invoke('cuepoint:offered-project')) as OfferedProject | null;
      if (offered !== null) listener(offered);
    };
    const heard = () => void look();
    ipcRenderer.on('cuepoint:project', heard);
    heard();
    return () => void ipcRenderer.off('cuepoint:project', heard);
  },
  settleProject: (place) => ipcRenderer.invoke('cuepoint:settle-project', place) as Promise<void>,
  updates: {
    state: () => ipcRenderer.invoke('cuepoint:update-state') as Promise<UpdateState>,
    look: () => ipcRenderer.invoke('cuepoint:look-for-update') as Promise<void>,
    download: () => ipcRenderer.invoke('cuepoint:download-update') as Promise<void>,
    restart: () => ipcRenderer.invoke('cuepoint:restart-to-update') as Promise<void>,
    onState(listener) {
      const heard = (_event: unknown, state: unknown) => listener(state as UpdateState);
      ipcRenderer.on('cuepoint:update', heard);
      return () => void ipcRenderer.off('cuepoint:update', heard);
    },
  },
};

contextBridge.exposeInMainWorld('cuepointHost', host);
