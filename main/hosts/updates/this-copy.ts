import { spawnSync } from 'node:child_process';
import { say, type Saying } from '#preload/domain/saying.ts';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What this copy of the program is, as far as its being replaced by a newer one goes. */
export interface ThisCopy {
  /** Why it cannot be replaced by itself; null where it can. */
  readonly cannot: Saying | null;
  /** The page of the web with newer versions; null where its builder named none. */
  readonly place: string | null;
  /** Says where updates come from, as the builder wrote it. */
  readonly configFile: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly execPath: string;
  /** Where the files lie that came along. */
  readonly resourcesFolder: string;
}

export function thisCopy(machine: Machine): ThisCopy {
  const configFile = path.join(machine.resourcesFolder, 'app-update.yml');
  const config = textOf(configFile);
  const place = placeIn(config);
  return { cannot: place === null ? builtByHand : whyNot(machine, config), place, configFile };
}

const builtByHand = say('This copy was built without a place that newer ones come from.');

function whyNot({ platform, env, execPath, resourcesFolder }: Machine, config: string): Saying | null {
  if (platform === 'linux') {
    if (env['APPIMAGE']) return null;
    const format = textOf(path.join(resourcesFolder, 'package-type')).trim();
    return format === 'deb' || format === 'rpm'
      ? say('This copy was installed as a {{format}} package. Install the newer package over it.', { format })
      : unpacked;
  }
  if (platform === 'win32') {
    if (!existsSync(path.join(path.dirname(execPath), 'Uninstall Cuepoint.exe'))) return unpacked;
    return /^publisherName:/m.test(config) ? null : unsigned;
  }
  const { stderr } = spawnSync('/usr/bin/codesign', ['-dv', execPath], { encoding: 'utf8' });
  return /^TeamIdentifier=(?!not set)/m.test(stderr) ? null : unsigned;
}

const unpacked = say('This copy was unpacked from an archive. Unpack the newer one in its place.');
const unsigned = say('This copy is not signed, so nothing could prove that a newer one comes from the same makers.');

/** The builder writes one line for each value. */
function placeIn(config: string): string | null {
  const valueOf = (key: string): string | undefined =>
    new RegExp(`^${key}: *['"]?([^'"\\n]+?)['"]? *$`, 'm').exec(config)?.[1];
  if (valueOf('provider') === 'github') return `https://github.com/${valueOf('owner')}/${valueOf('repo')}/releases`;
  return valueOf('url') ?? null;
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
