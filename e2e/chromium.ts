import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** How the browser is started for tests: alone, quiet, and playing what it is told to. */
export const chromiumOptions = {
  executablePath,
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
};

/** Whether this machine has the browser that the journeys need. */
export const hasChromium = existsSync(executablePath);

export interface OpenChromium extends AsyncDisposable {
  /** Where it keeps what it remembers. */
  readonly profile: string;
  readonly context: BrowserContext;
}

/** A real Chromium with a profile of its own that ends with it. */
export async function launchChromium(
  viewport = { width: 1600, height: 1000 },
  words: readonly string[] = [],
): Promise<OpenChromium> {
  const profile = await mkdtemp(path.join(tmpdir(), 'cuepoint-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumOptions,
    args: [...chromiumOptions.args, ...words],
    viewport,
  });
  return {
    profile,
    context,
    async [Symbol.asyncDispose]() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
