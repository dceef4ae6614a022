// What belongs to a person lies where their system keeps such things, unless they say otherwise.
import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { homeFolder } from './home-folder.ts';

test.each([
  [{}, 'linux', path.join(homedir(), '.local/share/cuepoint')],
  [{ XDG_DATA_HOME: '/data' }, 'linux', '/data/cuepoint'],
  [{}, 'darwin', path.join(homedir(), 'Library/Application Support/Cuepoint')],
  [{ APPDATA: '/roaming' }, 'win32', '/roaming/Cuepoint'],
  [{ CUEPOINT_HOME: '/elsewhere', XDG_DATA_HOME: '/data' }, 'linux', '/elsewhere'],
] as const)('%o on %s', (env, platform, folder) => {
  expect(homeFolder(env, platform)).toBe(folder);
});
