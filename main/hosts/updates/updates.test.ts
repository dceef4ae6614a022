// Protects: nothing is asked of anybody while updates are off; a newer version is downloaded only when asked or set, only
// as it was published, never while jobs run, and takes this one's place when the program is quit. The updater is the real
// one; the AppImages are scripts.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inEnglish } from '#main/testing/in-english.ts';
import type { StudioSettings } from '#preload/domain/settings.ts';
import { english } from '#preload/domain/saying.ts';
import type { UpdateState } from '#preload/domain/update-state.ts';
import { thisCopy } from './this-copy.ts';
import { Updates } from './updates.ts';

const newer = '#!/bin/sh\necho "installed, exits: $APPIMAGE_EXIT_AFTER_INSTALL" > "$(dirname "$0")/started"\n';
const sumOf = (text: string): string => createHash('sha512').update(text).digest('base64');
const listOf = (version: string, sha512: string): string =>
  `version: ${version}
files:
  - url: cuepoint-${version}.AppImage
    sha512: ${sha512}
    size: ${newer.length}
path: cuepoint-${version}.AppImage
sha512: ${sha512}
releaseNotes: |
  # New
  Less work
releaseDate: '2026-01-01T00:00:00.000Z'
`;

describe.runIf(process.platform === 'linux')('updates of an AppImage', () => {
  let folder = '';
  let server: Server;
  let published: Record<string, string> = {};
  let asked: { readonly address: string; readonly headers: object }[] = [];
  let settings: Pick<StudioSettings, 'updates' | 'downloadUpdates'>;
  let jobs = false;
  let quits = 0;
  let told: UpdateState[] = [];
  const appImage = (): string => path.join(folder, 'Cuepoint.AppImage');

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-updates-'));
    writeFileSync(appImage(), 'this version', { mode: 0o755 });
    vi.stubEnv('APPIMAGE', appImage());
    [asked, told, quits, jobs] = [[], [], 0, false];
    settings = { updates: 'stable', downloadUpdates: false };
    published = { 'cuepoint-1.1.0.AppImage': newer, 'cuepoint-1.2.0-beta.1.AppImage': newer };
    publish('latest', listOf('1.1.0', sumOf(newer)));
    publish('beta', listOf('1.2.0-beta.1', sumOf(newer)));
    server = createServer(({ url = '', headers }, response) => {
      asked.push({ address: url, headers });
      const text = published[new URL(url, 'http://here').pathname.slice(1)];
      response.writeHead(text === undefined ? 404 : 200).end(text ?? 'nothing');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    writeFileSync(
      path.join(folder, 'app-update.yml'),
      `provider: generic\nurl: http://127.0.0.1:${port}\nupdaterCacheDirName: cuepoint-updater\n`,
    );
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  /** Both processors' names of the list. */
  function publish(channel: string, list: string): void {
    published[`${channel}-linux.yml`] = list;
    published[`${channel}-linux-arm64.yml`] = list;
  }

  const updatesHere = (): Updates => {
    const { platform, env, execPath } = process;
    return new Updates({
      copy: thisCopy({ platform, env, execPath, resourcesFolder: folder }),
      version: '1.0.0',
      homeFolder: folder,
      settings: () => settings,
      jobsRun: async () => jobs,
      quit: () => void (quits += 1),
      tell: (state) => void told.push(state),
    });
  };

  test('off: nobody is asked, at the start or by hand, and nothing is installed', async () => {
    settings.updates = 'off';
    const updates = updatesHere();
    await updates.lookAtStart();
    await expect(updates.look()).rejects.toMatchObject({ code: 'forbidden' });
    expect(await updates.finish()).toBe(false);
    expect(asked).toEqual([]);
    expect(updates.state().stage).toEqual({ name: 'idle' });
  });

  test('stable: found with its notes at the start, downloaded when asked, installed when the person quits', async () => {
    const updates = updatesHere();
    await updates.lookAtStart();
    const found = { version: '1.1.0', notes: '# New\nLess work\n' };
    expect(updates.state().stage).toEqual({ name: 'found', newer: found });
    expect(asked.map(({ address }) => address).filter((address) => address.includes('AppImage'))).toEqual([]);
    await updates.download();
    expect(updates.state().stage).toEqual({ name: 'ready', newer: found });
    expect(told.some(({ stage }) => stage.name === 'downloading')).toBe(true);
    expect(readFileSync(appImage(), 'utf8')).toBe('this version');
    expect(await updates.finish()).toBe(false);
    expect(readFileSync(appImage(), 'utf8')).toBe(newer);
    expect(readFileSync(path.join(folder, 'started'), 'utf8')).toContain('exits: true');
    expect(JSON.stringify(asked)).not.toContain('staging');
  });

  test('where set, a newer version is downloaded by itself', async () => {
    settings = { updates: 'stable', downloadUpdates: true };
    const updates = updatesHere();
    await updates.lookAtStart();
    expect(updates.state().stage.name).toBe('ready');
  });

  test('beta hears of what stable does not, and an older version is none to go to', async () => {
    settings.updates = 'beta';
    const updates = updatesHere();
    await updates.look();
    expect(updates.state().stage).toMatchObject({ name: 'found', newer: { version: '1.2.0-beta.1' } });
    publish('latest', listOf('0.9.0', sumOf(newer)));
    settings.updates = 'stable';
    await updates.look();
    expect(updates.state().stage).toEqual({ name: 'newest' });
  });

  test('restarts only where nothing runs, and starts the newer version', async () => {
    const updates = updatesHere();
    await updates.look();
    await expect(updates.restart()).rejects.toMatchObject({ code: 'not-found' });
    await updates.download();
    jobs = true;
    await expect(updates.restart()).rejects.toMatchObject({ code: 'project-busy' });
    expect(quits).toBe(0);
    jobs = false;
    await updates.restart();
    expect(quits).toBe(1);
    await updates.finish();
    await expect.poll(() => existsSync(path.join(folder, 'started')), { timeout: 30_000 }).toBe(true);
  });

  test('a file that is not the one published is thrown away', async () => {
    published['cuepoint-1.1.0.AppImage'] = newer.replace('installed', 'tampered');
    const updates = updatesHere();
    await updates.look();
    await updates.download();
    expect(inEnglish(updates.state().stage)).toEqual({
      name: 'failed',
      problem:
        'Version 1.1.0 could not be downloaded: the file is not the one that was published, and was thrown away.',
    });
    await updates.finish();
    expect(readFileSync(appImage(), 'utf8')).toBe('this version');
  });

  test('a channel without anything, and one line of why', async () => {
    published = {};
    const updates = updatesHere();
    await updates.look();
    expect(inEnglish(updates.state().stage)).toMatchObject({
      problem: 'No newer version could be looked for: nothing was published on this channel.',
    });
  });

  test('a deb, an archive and a build without a place say so', () => {
    const copy = (env: NodeJS.ProcessEnv) =>
      thisCopy({ platform: 'linux', env, execPath: '', resourcesFolder: folder });
    expect(english(copy({}).cannot!)).toContain('archive');
    writeFileSync(path.join(folder, 'package-type'), 'deb');
    expect(english(copy({}).cannot!)).toContain('deb package');
    writeFileSync(path.join(folder, 'app-update.yml'), 'owner: lab\nrepo: cuepoint\nprovider: github\n');
    expect(copy({ APPIMAGE: '/a' })).toMatchObject({ cannot: null, place: 'https://github.com/lab/cuepoint/releases' });
    rmSync(path.join(folder, 'app-update.yml'));
    expect(copy({ APPIMAGE: '/a' })).toMatchObject({
      cannot: { sentence: expect.stringContaining('without a place') },
      place: null,
    });
  });
});
