// A first day with the packaged app, whatever Electron is in it: `npm run e2e:packaged -- path/to/program` tries the app
// that is named; here it is the unpacked tree over the stand-in.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasChromium } from '../chromium.ts';
import type { StudioPage } from '../pages/studio-page.ts';
import { foreignConnections } from './foreign-connections.ts';
import { PackagedStudio } from './packaged-studio.ts';
import { ensurePackaged } from './packaged-tree.ts';

const named = process.env['CUEPOINT_PACKAGED'];
const onLinux = process.platform === 'linux';

describe.runIf(named !== undefined || (onLinux && hasChromium))('the packaged app', () => {
  let studio: PackagedStudio;
  let window: StudioPage;
  const title = (): Promise<string> => window.page.title();
  const reports = (): string[] => {
    const folder = studio.at('.cuepoint-home', 'reports');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  beforeAll(() => {
    studio = new PackagedStudio(named ?? path.join(ensurePackaged(), 'cuepoint'));
  });
  afterAll(() => studio[Symbol.asyncDispose]());
  // Nothing is asked of anybody: whatever is connected to at the end of a step lies on this machine.
  afterEach(() => {
    if (onLinux) expect(foreignConnections(studio.descendants().map(({ pid }) => pid))).toEqual([]);
  });

  test('is its own command line', () => {
    expect(studio.run(['--version'])).toMatchObject({ code: 0, said: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(JSON.parse(studio.run(['--cli', 'formats', '--json']).said)).toMatchObject({
      formats: expect.arrayContaining([expect.objectContaining({ id: 'coco' })]),
    });
    const doctor = studio.run(['doctor', '--json']);
    expect(JSON.parse(doctor.said), doctor.errors).toMatchObject({ well: true });
  });

  test.runIf(process.platform === 'win32')('is the command that the installer puts on the PATH', () => {
    const bin = path.join(path.dirname(studio.program), 'bin');
    const cmd = (...words: readonly string[]) =>
      spawnSync(path.join(bin, 'cuepoint.cmd'), words, { env: studio.env, encoding: 'utf8', shell: true });
    expect(cmd('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\r?\n$/) });
    const refused = cmd('info', 'no such.cuepoint');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain('no such.cuepoint');

    const powershell = (...words: readonly string[]): string =>
      spawnSync('powershell', ['-NoProfile', '-ExecutionPolicy', 'Bypass', ...words], {
        encoding: 'utf8',
      }).stdout.trim();
    const paths = (): string[] =>
      powershell('-Command', "[Environment]::GetEnvironmentVariable('Path', 'User')").split(';');
    const before = paths();
    const change = (what: string): string => powershell('-File', path.join(bin, 'on-path.ps1'), what);
    for (const what of ['add', 'add']) change(what);
    expect(paths()).toEqual([...before.filter((each) => each !== '' && each !== bin), bin]);
    change('remove');
    expect(paths()).toEqual(before.filter((each) => each !== '' && each !== bin));
  });

  test('opens the sample project at a first start, from films and models that lie beside its archive', async () => {
    window = await studio.start();
    await expect.poll(title).toBe('Sample · Cuepoint');
    await window.page.getByRole('button', { name: 'Skip the tour' }).click();
    await expect.poll(() => window.videos.count()).toBe(7);
    await window.jobsAreOver();
    await expect.poll(() => window.segments.count()).toBeGreaterThan(0);
  });

  test('steps from frame to frame and plays', async () => {
    await window.videos.first().click();
    await window.panel('Player').focus();
    await expect.poll(() => window.frameNumber()).toBe(0);
    await window.press('ArrowRight', 'ArrowRight', 'ArrowRight');
    await expect.poll(() => window.frameNumber()).toBe(3);
    await window.press('Space');
    await expect.poll(() => window.shownNumber()).toBeGreaterThan(10);
    await window.press('Space');
    await window.frameNumber();
  });

  test('keeps what is edited over an end and another start', async () => {
    const accepted = await window.acceptedSegments.count();
    await window.press('Home', 'i');
    await window.press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'o', 'Enter');
    await expect.poll(() => window.acceptedSegments.count()).toBe(accepted + 1);
    await window.savedAll();
    const [name] = /film-[\w-]+\.mp4/.exec((await window.videos.first().textContent())!)!;
    expect(await studio.quit(window), studio.errors).toBe(0);
    window = await studio.start();
    await window.page.getByRole('button', { name: /^Sample/ }).click();
    await expect.poll(title).toBe('Sample · Cuepoint');
    await window.videos.filter({ hasText: name }).first().click();
    await expect.poll(() => window.acceptedSegments.count()).toBe(accepted + 1);
  });

  test.runIf(onLinux)('its engine may crash: the work goes on in another, and what happened is reported', async () => {
    await window.command('Propose segments in all videos');
    // Its process is there for the sample's own proposals, or comes for these.
    const engine = await vi.waitFor(
      () => {
        const found = studio.descendants().find(({ words }) => /utility-child|node\.mojom\.NodeService/.test(words));
        if (found === undefined) throw new Error('no engine runs');
        return found;
      },
      { timeout: 60_000, interval: 20 },
    );
    process.kill(engine.pid, 'SIGKILL');
    await expect.poll(() => reports().filter((name) => name.includes('-engine-')).length).toBe(1);
    await window.jobsAreOver();
    await expect.poll(() => window.jobs()).toBe('No jobs running');
    expect(await window.acceptedSegments.count()).toBeGreaterThan(0);
  });

  test('its page may crash: it begins anew with all that was done', async () => {
    const accepted = await window.acceptedSegments.count();
    await studio.crashPage(window);
    window = await studio.window();
    await window.videos.first().waitFor();
    await expect.poll(() => window.acceptedSegments.count()).toBe(accepted);
    expect(reports().filter((name) => name.includes('-window-'))).toHaveLength(1);
  });

  test('a second start hands its project over, which opens in this window after asking', async () => {
    const project = studio.at('second.cuepoint');
    const elsewhere = { CUEPOINT_HOME: studio.at('elsewhere') };
    expect(studio.run(['new', project, '--classes', 'jump'], elsewhere).code).toBe(0);
    expect(studio.run([project])).toMatchObject({ code: 0 });
    const question = window.dialog('Open “second”?');
    await question.getByText('It opens in place of “Sample”').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await title()).toBe('Sample · Cuepoint');
    // The file in a project that Linux and Windows give to this program.
    expect(studio.run([path.join(project, 'open.cuepoint')])).toMatchObject({ code: 0 });
    await question.getByRole('button', { name: 'Open it' }).click();
    await expect.poll(title).toBe('second · Cuepoint');
    expect(await studio.quit(window), studio.errors).toBe(0);
  });

  test('opens the project that is double-clicked', async () => {
    window = await studio.start(studio.at('second.cuepoint', 'open.cuepoint'));
    await expect.poll(title).toBe('second · Cuepoint');
    expect(await studio.quit(window), studio.errors).toBe(0);
  });

  test('is its own server', async () => {
    const server = studio.begin('--serve', '--json');
    const [printed] = (await once(server.stdout!.setEncoding('utf8'), 'data')) as [string];
    const { url } = JSON.parse(printed) as { readonly url: string };
    expect((await fetch(url)).status).toBe(200);
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });
});
