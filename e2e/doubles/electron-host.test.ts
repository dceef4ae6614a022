// The Electron host really runs: its window, preload script, scheme, dialogs, menu and refusals, in a real Chromium.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { menuRows } from '#main/hosts/electron/menu.ts';
import { createProjectFolder } from '#main/project/project-folder.ts';
import { addresses } from '#preload/contract/contract.ts';
import type { StudioHost } from '#preload/host.ts';
import { hasChromium } from '../chromium.ts';
import { writeNumberedClip } from '../clips/numbered-clip.ts';
import { ensureBuilt } from './built-program.ts';
import { BrowserWindowDouble } from './electron/browser-window.ts';
import { invokeHandlers } from './electron/ipc.ts';
import { isDeviceGranted, isGranted, isRequestLet } from './electron/permissions.ts';
import { stage } from './electron/stage.ts';
import { clickMenu } from './electron/system.ts';

declare const window: { readonly cuepointHost: StudioHost; readonly require?: unknown; readonly process?: unknown };

describe.runIf(hasChromium)('the Electron host', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'cuepoint-home-'));
  const clip = path.join(home, 'clip.mp4');
  let shown: BrowserWindowDouble;

  beforeAll(async () => {
    ensureBuilt();
    await writeNumberedClip(clip, { startsUs: Array.from({ length: 75 }, (_, index) => index * 40_000) });
    process.env['CUEPOINT_HOME'] = home;
    process.argv = [process.execPath, 'main/hosts/electron.ts'];
    stage.droppedFiles.set('dropped.mp4', path.join(home, 'dropped.mp4'));
    await import('#main/hosts/electron.ts');
    expect(BrowserWindowDouble.getAllWindows(), 'nothing opens before the app is ready').toHaveLength(0);
    stage.becomeReady();
    shown = await vi.waitFor(
      () => {
        const [opened] = BrowserWindowDouble.getAllWindows();
        if (!opened?.isVisible()) throw new Error(`no window shows; ${JSON.stringify(stage.errorBoxes)}`);
        return opened;
      },
      { timeout: 60_000, interval: 50 },
    );
  });

  /** Calls the contract from the page, as the page does. */
  const rpc = async (name: string, input?: unknown): Promise<unknown> => {
    const body = JSON.stringify({ json: input });
    const call = { address: `${addresses.rpc}/${name}`, body };
    return shown.page.evaluate(async ({ address, body: sent }) => {
      const response = await fetch(address, {
        method: 'POST',
        body: sent,
        headers: { 'content-type': 'application/json' },
      });
      return ((await response.json()) as { json: unknown }).json;
    }, call);
  };

  afterAll(async () => {
    shown.close();
    expect(await stage.exited).toBe(0);
    await shown.closed;
    rmSync(home, { recursive: true, force: true });
  });

  test('shows the studio, served by the scheme without any port of its own', async () => {
    expect(stage.privilegedSchemes.has('studio')).toBe(true);
    await expect.poll(() => shown.page.title()).toMatch(/Cuepoint$/);
    await shown.page.locator('#root > *').first().waitFor();
  });

  test('the page is a site without privileges', async () => {
    expect(shown.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(await shown.page.evaluate(() => [typeof window.require, typeof window.process])).toEqual([
      'undefined',
      'undefined',
    ]);
  });

  test('the policy of the page lets no foreign script, style or connection in', async () => {
    const response = await shown.page.request.get(shown.page.url());
    const policy = response.headers()['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    const outcome = await shown.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.smuggled = true';
      document.head.append(script);
      return 'smuggled' in globalThis;
    });
    expect(outcome).toBe(false);
  });

  test('the contract is reached by relative addresses', async () => {
    expect(await rpc('studio/state')).toMatchObject({ version: expect.any(String) });
  });

  test('a first start opens the sample project', async () => {
    expect(await rpc('studio/state')).toMatchObject({ project: { isSample: true, videoCount: 7 } });
    // The page begins anew when the project that it shows is closed.
    const begun = shown.page.waitForEvent('load');
    await shown.page.evaluate((address) => void fetch(address, { method: 'POST' }), `${addresses.rpc}/projects/close`);
    await begun;
    expect(await rpc('studio/state')).toMatchObject({ project: null });
  });

  test('the open dialog hands out place tokens, never paths', async () => {
    stage.picks.push([home]);
    const tokens = await shown.page.evaluate(() => window.cuepointHost.choose('folder'));
    expect(tokens).toHaveLength(1);
    expect(tokens[0]).not.toContain(path.sep);
    expect(stage.openDialogs.at(-1)?.properties).toContain('openDirectory');
  });

  test('a video chosen in the dialog plays, and seeks by byte ranges', async () => {
    const { page } = shown;
    stage.picks.push([home], [clip]);
    const [folder] = await page.evaluate(() => window.cuepointHost.choose('folder'));
    await rpc('projects/create', { place: folder, name: 'played', classes: [] });
    const places = await page.evaluate(() => window.cuepointHost.choose('videos'));
    await rpc('videos/add', { places });
    const videoId = await vi.waitFor(
      async () => {
        const [video] = (await rpc('videos/list')) as { id: number }[];
        if (!video) throw new Error('the video is not there yet');
        return video.id;
      },
      { timeout: 60_000, interval: 200 },
    );
    const part = await page.evaluate(async (address) => {
      const response = await fetch(address, { headers: { range: 'bytes=4-7' } });
      return { status: response.status, text: await response.text() };
    }, addresses.media(videoId));
    expect(part).toEqual({ status: 206, text: 'ftyp' });
    const soughtS = await page.evaluate(async (address) => {
      const player = document.createElement('video');
      player.src = address;
      await new Promise((resolve) => player.addEventListener('loadeddata', resolve, { once: true }));
      player.currentTime = 1.5;
      await new Promise((resolve) => player.addEventListener('seeked', resolve, { once: true }));
      return player.currentTime;
    }, addresses.media(videoId));
    expect(soughtS).toBe(1.5);
  });

  test('a dialog that was given up gives nothing', async () => {
    expect(await shown.page.evaluate(() => window.cuepointHost.choose('videos'))).toEqual([]);
  });

  test('a dialog that does not exist is refused', async () => {
    const asked = shown.page.evaluate(() => window.cuepointHost.choose('passwords' as 'videos'));
    await expect(asked).rejects.toThrow();
  });

  test('what pages may ask of the system is answered to the studio’s own top frame alone', async () => {
    const inputs = {
      choose: 'videos',
      'places-of': [home],
      reveal: home,
      'offered-project': undefined,
      'settle-project': 'a place',
      'update-state': undefined,
      'look-for-update': undefined,
      'download-update': undefined,
      'restart-to-update': undefined,
    };
    const channels = Object.keys(inputs).map((name) => `cuepoint:${name}`);
    expect([...invokeHandlers.keys()].toSorted()).toEqual(channels.toSorted());
    const [dialogs, revealed] = [stage.openDialogs.length, stage.revealed.length];
    const ask = async (channel: string, sender: unknown, senderFrame: unknown, input: unknown): Promise<unknown> =>
      invokeHandlers.get(channel)!({ sender, senderFrame } as IpcMainInvokeEvent, input);
    const page = shown.webContents;
    const top = { parent: null, url: 'studio://app/' };
    const strangers: readonly (readonly [string, unknown, unknown])[] = [
      ['another site', page, { parent: null, url: 'https://evil.example/' }],
      ['a site that is called as ours', page, { parent: null, url: 'https://app/' }],
      ['another host of the scheme', page, { parent: null, url: 'studio://evil/' }],
      ['a host that begins as ours', page, { parent: null, url: 'studio://app.evil/' }],
      ['a page that nobody wrote', page, { parent: null, url: 'about:blank' }],
      ['a page in an address', page, { parent: null, url: 'data:text/html,studio://app/' }],
      ['a file', page, { parent: null, url: 'file:///studio://app/' }],
      ['a frame of ours inside another', page, { parent: top, url: 'studio://app/' }],
      ['a frame that has gone', page, null],
      ['no window', {}, top],
    ];
    for (const [name, sender, frame] of strangers)
      for (const [call, input] of Object.entries(inputs))
        await expect(ask(`cuepoint:${call}`, sender, frame, input), name).rejects.toMatchObject({ code: 'forbidden' });
    for (const [call, input] of [
      ['choose', '__proto__'],
      ['choose', ['videos']],
      ['places-of', home],
      ['places-of', Array.from({ length: 10_001 }, () => home)],
      ['reveal', null],
      ['reveal', 'relative'],
      ['reveal', `file://${home}`],
      ['settle-project', null],
    ] as const)
      await expect(
        ask(`cuepoint:${call}`, page, top, input),
        `${call} ${String(input).slice(0, 40)}`,
      ).rejects.toThrow();
    expect([stage.openDialogs.length, stage.revealed.length]).toEqual([dialogs, revealed]);
  });

  test('dropped files become place tokens', async () => {
    const tokens = await shown.page.evaluate(() => window.cuepointHost.placesOf([new File(['x'], 'dropped.mp4')]));
    expect(tokens).toHaveLength(1);
  });

  test('reveals what is there, and nothing on another machine', async () => {
    await shown.page.evaluate((file) => window.cuepointHost.reveal(file), home);
    expect(stage.revealed).toEqual([home]);
    const gone = shown.page.evaluate(() => window.cuepointHost.reveal('/nowhere/at/all'));
    await expect(gone).rejects.toThrow('no longer there');
    const share = shown.page.evaluate(() => window.cuepointHost.reveal('\\\\evil.example\\share'));
    await expect(share).rejects.toThrow('no longer there');
  });

  test('the menu asks the page for commands of its registry', async () => {
    const heard = shown.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const stop = window.cuepointHost.onCommand((id) => {
            stop();
            resolve(id);
          });
        }),
    );
    await shown.page.evaluate(() => undefined);
    clickMenu('videos.add');
    expect(await heard).toBe('videos.add');
  });

  test('every row of the menu names a command that the studio has', () => {
    const sources = globSync('renderer/**/*.{ts,tsx}').map((file) => readFileSync(file, 'utf8'));
    const commands = Object.values(menuRows).flatMap((rows) =>
      rows.flatMap((row) => (typeof row === 'object' && 'command' in row ? [row.command] : [])),
    );
    // A command is written out, or made by what makes one of each dialog: `dialog('keys', …)` is `window.keys`.
    const isNamed = (id: string): boolean =>
      [`id: '${id}'`, `dialog('${id.replace(/^window\./, '')}', `].some((words) =>
        sources.some((source) => source.includes(words)),
      );
    expect(commands.filter((id) => !isNamed(id))).toEqual([]);
  });

  test('the page can go nowhere else and open nothing', async () => {
    const before = shown.page.url();
    await shown.page.evaluate(() => {
      location.href = 'https://example.com/elsewhere';
    });
    await expect.poll(() => shown.refused).toContain('https://example.com/elsewhere');
    await shown.page.evaluate(() => void open('about:blank#popup'));
    await expect.poll(() => shown.refused.length).toBe(2);
    expect(shown.page.url()).toBe(before);
    await expect.poll(() => shown.page.context().pages().length).toBe(1);
    expect(shown.webContents.isPrevented('will-attach-webview', {})).toBe(true);
  });

  test('Chromium asks nobody for anything', async () => {
    for (const name of ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability'])
      expect([...stage.switches.keys()]).toContain(name);
    expect(stage.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:80/',
      'ws://localhost/',
      'file:///etc/passwd',
      'studio://other/',
    ])
      expect(await isRequestLet(url), url).toBe(false);
    expect(await isRequestLet('studio://app/media/1')).toBe(true);
  });

  test('files are chosen in the dialogs of the system, and only there', async () => {
    for (const [call, input] of [
      ['places/list', { token: null, purpose: 'videos' }],
      ['places/resolve', { path: '/etc/passwd' }],
      ['places/makeFolder', { token: 'guess', name: 'x' }],
    ] as const)
      expect(await rpc(call, input)).toMatchObject({ code: 'forbidden' });
    for (const place of ['guess', home, '/'])
      expect(await rpc('projects/open', { place })).toMatchObject({ code: 'not-found' });
  });

  test('a second launch and the file manager open their project here after asking, the menu at once', async () => {
    const projects = path.join(home, 'projects');
    mkdirSync(projects);
    for (const name of ['first', 'second']) createProjectFolder(projects, name, '0');
    const named = async () => ((await rpc('studio/state')) as { project: { name: string } | null }).project?.name;
    // The page begins anew with another project, and calls amid that are lost.
    const opened = async (name: string): Promise<void> => {
      await expect.poll(() => named().catch(() => null), { timeout: 20_000 }).toBe(name);
    };
    const ours = { sender: shown.webContents, senderFrame: { parent: null, url: 'studio://app/' } };
    const askOurs = async (call: string): Promise<unknown> =>
      invokeHandlers.get(`cuepoint:${call}`)!(ours as unknown as IpcMainInvokeEvent);
    const asked = (name: string) => shown.page.getByRole('dialog', { name: `Open “${name}”?` });
    stage.events.emit('second-instance', {}, [process.execPath, '.', '--switch', 'first.cuepoint'], projects);
    await asked('first').getByRole('button', { name: 'Open it' }).click();
    await opened('first');
    let prevented = false;
    const door = path.join(projects, 'second.cuepoint', 'open.cuepoint');
    stage.events.emit('open-file', { preventDefault: () => (prevented = true) }, door);
    await asked('second').waitFor();
    // A page that begins anew asks again, until it was answered.
    await shown.page.reload();
    await asked('second').getByRole('button', { name: 'Cancel' }).click();
    await asked('second').waitFor({ state: 'detached' });
    await expect.poll(() => askOurs('offered-project')).toBeNull();
    expect(await named()).toBe('first');
    // Whoever chooses it in the window's own menu has been asked enough.
    clickMenu(`recent:${path.join(projects, 'first.cuepoint')}`);
    clickMenu(`recent:${path.join(home, 'played.cuepoint')}`);
    await opened('played');
    stage.events.emit('open-file', { preventDefault: () => (prevented = true) }, door);
    await asked('second').getByRole('button', { name: 'Open it' }).click();
    await opened('second');
    expect(prevented).toBe(true);
    stage.events.emit('second-instance', {}, [process.execPath, '.', 'gone.cuepoint'], projects);
    await expect.poll(() => stage.errorBoxes.at(-1)?.content).toMatch(/There is no project at .*gone\.cuepoint/);
    await opened('second');
  });

  test('our pages may fill the screen and copy, nobody else, and every other permission is denied', async () => {
    for (const permission of ['fullscreen', 'clipboard-sanitized-write'] as const) {
      expect(await isGranted(permission)).toEqual({ asked: true, checked: true });
      expect(await isGranted(permission, 'https://elsewhere.example/')).toEqual({ asked: false, checked: false });
    }
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read'] as const) {
      expect(await isGranted(permission)).toEqual({ asked: false, checked: false });
    }
    expect(isDeviceGranted()).toBe(false);
  });
});
