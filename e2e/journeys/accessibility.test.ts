// What axe finds of serious or critical kind, in everything a person opens, in both themes: nothing.
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

/** What is opened, and by which keys; `Escape` closes it again. */
const states: Readonly<Record<string, readonly string[]>> = {
  library: ['Alt+1'],
  classes: ['Alt+2'],
  search: ['Alt+3'],
  history: ['Alt+5'],
  review: ['Alt+4'],
  teach: ['Alt+6'],
  'command palette': ['Control+k'],
  jobs: ['Alt+j'],
  'model and provider': ['Alt+m'],
  settings: ['Control+,'],
  'key map': ['?'],
};
const themes = ['dark', 'light'] as const;

describe.runIf(hasChromium)('everything that is opened', () => {
  const journey = setOut(async (studio) => {
    const project = await makeProjectOfLongClip(studio, { seconds: 20, classes: ['first class', 'second class'] });
    expect(await cuepoint(studio.env, 'propose', project, '--model', 'tiny-clip')).toMatchObject({ code: 0 });
    return { project };
  });

  const findings = async (): Promise<string[]> => {
    const { page } = journey();
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { axe: inPage } = globalThis as unknown as { readonly axe: typeof axe };
      return (await inPage.run(document, { resultTypes: ['violations'] })).violations;
    });
    return (
      found
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
        // Rows of a list are walked through, not called by name; what is spoken of one says more than its columns.
        .filter((finding) => !/^label-content-name-mismatch: .* role="option"/.test(finding))
    );
  };

  test.each(themes)('in the %s theme', async (theme) => {
    const { window, page } = journey();
    await window.frameNumber();
    await page.evaluate(() => document.body.focus());
    if (theme === 'light') {
      await window.command('Settings');
      await window.dialog('Settings').getByRole('tab', { name: 'Display' }).click();
      const light = window.dialog('Settings').getByRole('radio', { name: 'Light' });
      await light.click();
      // The theme comes with the backend's answer.
      await expect.poll(() => light.isChecked(), { timeout: 30_000 }).toBe(true);
      await window.press('Escape');
      await window.dialog('Settings').waitFor({ state: 'detached' });
    }
    const all: Record<string, string[]> = {};
    for (const [name, keys] of Object.entries(states)) {
      await window.panel('Player').focus();
      await window.press(...keys);
      // Fading in, everything is paler than it is.
      await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
      const found = await findings();
      if (found.length > 0) all[name] = found;
      const dialog = page.getByRole('dialog');
      if ((await dialog.count()) > 0) {
        await window.press('Escape');
        await dialog.first().waitFor({ state: 'detached' });
      }
    }
    expect(all).toEqual({});
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByRole('main').count()).toBe(1);
  });
});
