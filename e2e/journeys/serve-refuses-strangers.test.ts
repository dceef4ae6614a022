// The studio in a browser lets in the one browser that was given the link, and nobody else.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchChromium, type OpenChromium } from '../chromium.ts';
import { ensureBuilt } from '../doubles/built-program.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe.runIf(hasChromium)('cuepoint serve', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'cuepoint-home-'));
  let server: ChildProcess;
  let link: URL;
  let chromium: OpenChromium;

  beforeAll(async () => {
    ensureBuilt();
    server = spawn(process.execPath, ['main/hosts/cli.ts', 'serve', '--json'], {
      cwd: root,
      env: { ...process.env, CUEPOINT_HOME: home },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const [printed] = (await once(server.stdout!.setEncoding('utf8'), 'data')) as [string];
    link = new URL((JSON.parse(printed) as { url: string }).url);
    chromium = await launchChromium();
  });

  afterAll(async () => {
    await chromium[Symbol.asyncDispose]();
    server.kill('SIGTERM');
    expect((await once(server, 'exit'))[0]).toBe(0);
    rmSync(home, { recursive: true, force: true });
  });

  test('the link opens the studio, which leaves no token in the address bar', async () => {
    const page = chromium.context.pages()[0]!;
    await page.goto(link.href);
    await page.waitForURL(link.origin + link.pathname);
    await page.locator('#root > *').first().waitFor();
    const [cookie] = await chromium.context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1', path: link.pathname });
    expect(cookie!.name).toMatch(/^cuepoint-[0-9a-f]{16}$/);
    await page.reload();
    await page.locator('#root > *').first().waitFor();
  });

  test('changes reach the page the moment they happen', async () => {
    const page = chromium.context.pages()[0]!;
    const heard = await page.evaluate(async () => {
      const call = (name: string, json: unknown) =>
        fetch(`rpc/${name}`, {
          method: 'POST',
          body: JSON.stringify({ json }),
          headers: {
            'content-type': 'application/json',
            'x-cuepoint-proof': localStorage.getItem('cuepoint.page-proof')!,
          },
        });
      const reader = (await call('studio/changes', undefined)).body!.pipeThrough(new TextDecoderStream()).getReader();
      await call('studio/changeSettings', { theme: 'light' });
      let text = '';
      while (!text.includes('"settings"')) text += (await reader.read()).value ?? '';
      await reader.cancel();
      return text;
    });
    expect(heard).toContain('"topic":"settings"');
  });

  test('the same link in another browser is refused, in words', async () => {
    await using other = await launchChromium();
    const page = await other.context.newPage();
    const response = await page.goto(link.href);
    expect(response!.status()).toBe(403);
    expect(await page.textContent('body')).toContain('each link works once');
  });

  test('a page of another port, in the browser that has the cookie, reads and writes nothing', async () => {
    const cookies: (string | undefined)[] = [];
    const stranger = createServer(({ headers }, response) => {
      cookies.push(headers.cookie);
      response.setHeader('content-type', 'text/html').end('<!doctype html>');
    });
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const page = await chromium.context.newPage();
    await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
    const answers: number[] = [];
    page.on('response', (response) => answers.push(response.status()));
    // Even one that has learnt the path of this start.
    const outcome = await page.evaluate(async (base) => {
      const attempts = [
        fetch(`${base}rpc/studio/state`, { method: 'POST', body: '{}', credentials: 'include' }),
        fetch(base, { credentials: 'include' }),
      ];
      const image = new Promise((resolve, reject) => {
        const picture = new Image();
        picture.addEventListener('load', resolve);
        picture.addEventListener('error', reject);
        picture.src = `${base}thumbnail/1?at=0&width=64`;
      });
      return (await Promise.allSettled([...attempts, image])).map(({ status }) => status);
    }, link.origin + link.pathname);
    expect(outcome).toEqual(['rejected', 'rejected', 'rejected']);
    expect(answers.every((status) => status === 403)).toBe(true);
    expect(cookies.length).toBeGreaterThan(0);
    expect(cookies.filter((cookie) => cookie !== undefined)).toEqual([]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.close();
    stranger.close();
  });

  test('another name for this machine is refused', async () => {
    const [response] = (await once(
      request({ host: '127.0.0.1', port: link.port, headers: { host: `evil.example:${link.port}` } }).end(),
      'response',
    )) as [{ statusCode: number }];
    expect(response.statusCode).toBe(403);
  });

  test('whoever lost the browser that was let in gets a fresh link by Enter, where the studio was started', async () => {
    await using other = await launchChromium();
    const page = await other.context.newPage();
    const refused = await page.goto(link.origin + link.pathname);
    expect(refused!.status()).toBe(403);
    expect(await page.textContent('body')).toContain('Press Enter there for a fresh one');
    const printed = new Promise<string>((resolve) => {
      let text = '';
      server.stdout!.on('data', (part: string) => {
        text += part;
        const [found] = /http:\/\/[^"]+token=[^"]+(?=")/u.exec(text) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    server.stdin!.write('\n');
    const fresh = new URL(await printed);
    await page.goto(fresh.href);
    await page.waitForURL(fresh.origin + fresh.pathname);
    await page.locator('#root > *').first().waitFor();
    // Nobody is shut out by it.
    const first = chromium.context.pages()[0]!;
    await first.reload();
    await first.locator('#root > *').first().waitFor();
  });
});
