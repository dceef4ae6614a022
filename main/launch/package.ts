// `npm run package [-- --linux|--win|--mac …]`: the app as an unpacked tree, or the installers that are named.
import { spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeStandInElectron } from '#e2e/packaged/stand-in-electron.ts';

const root = path.resolve(import.meta.dirname, '../..');
const fetchedElectron = path.join(root, 'node_modules/electron/dist');

/** Where electron-builder takes Electron from: its own download, what npm fetched, or where neither can be, a stand-in. */
async function electronSource(wanted: readonly string[]): Promise<readonly string[]> {
  const { arch, platform } = process;
  const other = wanted.some((word) => /^--(?:x64|arm64|universal)$/.test(word) && word !== `--${arch}`);
  if (!other && existsSync(path.join(fetchedElectron, 'version'))) return [`-c.electronDist=${fetchedElectron}`];
  if (await canFetch()) return [];
  const unreachable = 'Electron’s program cannot be fetched here';
  if (platform === 'win32' || !isTreeOnly(wanted))
    throw new Error(`${unreachable}; installers are built where it can be, or with ELECTRON_MIRROR naming a mirror.`);
  console.error(`${unreachable}. The tree gets a stand-in that runs it under Node on this machine, for tests alone.`);
  return [`-c.electronDist=${makeStandInElectron(path.join(root, '.cache/stand-in-electron'))}`];
}

const isTreeOnly = (wanted: readonly string[]): boolean => wanted.includes('--dir');

/** Whether the place of Electron's releases has an address here. Behind a proxy names are looked up by the proxy. */
async function canFetch(): Promise<boolean> {
  const { ELECTRON_MIRROR: mirror, HTTPS_PROXY, https_proxy } = process.env;
  if (HTTPS_PROXY || https_proxy) return true;
  try {
    await lookup(new URL(mirror ?? 'https://github.com/').hostname);
    return true;
  } catch {
    return false;
  }
}

async function makePackage(args: readonly string[]): Promise<number> {
  const wanted = args.length === 0 ? ['--dir'] : args;
  const program = fileURLToPath(import.meta.resolve('electron-builder/cli.js'));
  const words = [program, ...wanted, ...(await electronSource(wanted)), '--publish', 'never'];
  return spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

try {
  process.exitCode = await makePackage(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
