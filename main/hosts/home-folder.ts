import { homedir } from 'node:os';
import path from 'node:path';

/** Where Cuepoint keeps what belongs to a person at a machine; `CUEPOINT_HOME` moves it, for tests and shared machines. */
export function homeFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['CUEPOINT_HOME']) return path.resolve(env['CUEPOINT_HOME']);
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Cuepoint');
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(homedir(), 'AppData', 'Roaming'), 'Cuepoint');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(homedir(), '.local', 'share'), 'cuepoint');
}
