// What axe finds of serious or critical kind, in everything a person opens, in both themes: nothing.
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProposedLongClip } from '../fixtures/project-of-long-clip.ts';
import { keepPicture } from '../fixtures/state-picture.ts';
import type { StudioPage } from '../pages/studio-page.ts';

type Opening = readonly string[] | ((window: StudioPage) => Promise<void>);

const menuOf =
  (panel: string, button: string | RegExp): Opening =>
  async (window) => {
    await window.panel(panel).getByRole('button', { name: button }).first().click();
    await window.page.getByRole('menu').or(window.page.locator('.MuiPopover-paper')).first().waitFor();
  };
const settingsTab =
  (tab: string): Opening =>
  async (window) => {
    await window.press('Control+,');
    await window.dialog('Settings').getByRole('tab', { name: tab }).click();
  };
const ofFirstClass =
  (name: string, dialog: RegExp) =>
  async (window: StudioPage): Promise<void> => {
    await window.press('Alt+2');
    await window
      .panel('Classes')
      .getByRole('option', { name: /^first class/ })
      .click();
    await window.command(name);
    await window.dialog(dialog).waitFor();
  };
const command =
  (name: string): Opening =>
  async (window) => {
    await window.command(name);
    await window.page.getByRole('dialog').first().waitFor();
  };

/** What is opened, by which keys or how; `Escape` closes again what lies over the window. */
const states: Readonly<Record<string, Opening>> = {
  library: ['Alt+1'],
  'filter of the library': menuOf('Library', 'Filter and order'),
  classes: ['Alt+2'],
  search: ['Alt+3'],
  history: ['Alt+5'],
  review: ['Alt+4'],
  'a proposal in focus': ['n'],
  'what the queue holds': menuOf('Review', 'Order and filter of the queue'),
  'another class for it': async (window) => {
    await window.press('n', 'r');
    await window.page.getByRole('dialog').waitFor();
  },
  'an accepted segment in the inspector': async (window) => {
    await window.press('n', 'a', 'P');
    await window.savedAll();
  },
  'attributes, none yet or one': async (window) => {
    await window.command('Attributes of the project');
    const dialog = window.dialog('Attributes');
    await dialog.getByRole('button', { name: 'New attribute' }).waitFor();
    const hand = dialog.getByRole('button', { name: /^hand/ });
    await hand
      .or(dialog.getByRole('textbox', { name: 'Name' }))
      .first()
      .waitFor();
    if ((await hand.count()) > 0) {
      await hand.click();
      return;
    }
    await dialog.getByRole('textbox', { name: 'Name' }).fill('hand');
    await dialog.getByRole('textbox', { name: 'Options' }).fill('left\nright');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('choice of 2 · all classes').waitFor();
  },
  'what is said of a locked segment': async (window) => {
    await window.press('y');
    const inspector = window.panel('Inspector');
    await inspector.getByRole('radiogroup', { name: /^hand/ }).waitFor();
    await window.press('1');
    await inspector.getByRole('radio', { name: 'left', checked: true }).waitFor();
    await inspector.getByRole('button', { name: 'Locked' }).click();
    await inspector.getByRole('button', { name: 'Locked', pressed: true }).waitFor();
    await window.savedAll();
  },
  'an ambiguous segment': async (window) => {
    const inspector = window.panel('Inspector');
    await inspector.getByRole('button', { name: 'Locked' }).click();
    await inspector.getByRole('button', { name: 'Locked', pressed: false }).waitFor();
    await window.savedAll();
    const ambiguous = inspector.getByRole('button', { name: 'Ambiguous' });
    if ((await ambiguous.getAttribute('aria-pressed')) !== 'true') await ambiguous.click();
    await inspector.getByText('Nothing is learned from what is ambiguous').waitFor();
    await window.savedAll();
  },
  'the meaning of a class': ofFirstClass('Definition, prompts and place', /^Class “first class”/),
  'a class that is split, one by one': async (window) => {
    await ofFirstClass('Split the focused class', /^Split “first class”/)(window);
    const dialog = window.dialog(/^Split “first class”/);
    await dialog.getByRole('radio', { name: /^One by one/ }).check();
    await dialog.getByRole('group', { name: 'One by one' }).waitFor();
  },
  teach: ['Alt+6'],
  quality: async (window) => {
    await window.press('Alt+e');
    await window
      .dialog('Quality')
      .getByText('Nothing to measure yet')
      .or(window.dialog('Quality').getByRole('button', { name: /^Measure/ }))
      .first()
      .waitFor();
  },
  'a stretch that is marked': ['Home', 'i', 'Shift+ArrowRight', 'o'],
  'going to a time': ['g'],
  'what the timeline shows': menuOf('Timeline', 'What the timeline shows'),
  'the project’s menu': async (window) => {
    await window.page.getByRole('button', { name: /^Project / }).click();
    await window.page.getByRole('menu').waitFor();
  },
  'command palette': ['Control+k'],
  jobs: ['Alt+j'],
  models: settingsTab('Models'),
  provider: settingsTab('Provider'),
  proposals: settingsTab('Proposals'),
  'you and display': settingsTab('You and display'),
  'key map': ['?'],
  export: command('Export annotations'),
  import: command('Import annotations'),
  annotators: command('Annotators and agreement'),
  'the tour': ['Alt+h'],
};
const themes = ['dark', 'light'] as const;

describe.runIf(hasChromium)('everything that is opened', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProposedLongClip(studio, { seconds: 20, classes: ['first class', 'second class'] }),
  }));

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
    if (theme === 'dark') await window.showEveryProposal();
    await page.evaluate(() => document.body.focus());
    if (theme === 'light') {
      await window.command('Settings');
      await window.dialog('Settings').getByRole('tab', { name: 'You and display' }).click();
      const light = window.dialog('Settings').getByRole('radio', { name: 'Light' });
      await light.click();
      // The theme comes with the backend's answer.
      await expect.poll(() => light.isChecked(), { timeout: 30_000 }).toBe(true);
      await window.press('Escape');
      await window.dialog('Settings').waitFor({ state: 'detached' });
    }
    const all: Record<string, string[]> = {};
    for (const [name, open] of Object.entries(states)) {
      await window.panel('Player').focus();
      if (typeof open === 'function') await open(window);
      else await window.press(...open);
      // Fading in, everything is paler than it is.
      await window.nothingMoves();
      const found = [...(await findings()), ...(await page.evaluate(paleKeyCaps))];
      if (found.length > 0) all[name] = found;
      await keepPicture(window, `${theme}-${name}`);
      const over = page.getByRole('dialog').or(page.getByRole('menu')).or(page.locator('.MuiPopover-paper'));
      if ((await over.count()) > 0) {
        await window.press('Escape');
        await over.first().waitFor({ state: 'detached' });
      } else if (name === 'going to a time' || name === 'a stretch that is marked') await window.press('Escape');
    }
    expect(all).toEqual({});
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByRole('main').count()).toBe(1);
    // What has the focus can be seen, wherever Tab leads.
    await window.press('Alt+1');
    await window
      .panel('Library')
      .getByRole('searchbox')
      .or(window.panel('Library').getByRole('textbox'))
      .first()
      .focus();
    const unseen = new Set<string>();
    const met = new Set<string>();
    for (let count = 0; count < 70; count += 1) {
      await window.press('Tab');
      const { name, isSeen } = await page.evaluate(focusInSight);
      met.add(name);
      if (!isSeen) unseen.add(name);
    }
    expect([...unseen]).toEqual([]);
    expect(met.size).toBeGreaterThan(25);
  });

  test('swatches keep their colours where the system chooses all others', async () => {
    const { window, page } = journey();
    await window.press('Alt+2');
    const swatches = window.panel('Classes').getByRole('option').locator('span[aria-hidden=true]:empty');
    const colours = () => swatches.evaluateAll((all) => all.map((swatch) => getComputedStyle(swatch).backgroundColor));
    const before = await colours();
    expect(new Set(before).size).toBeGreaterThan(1);
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    expect(await colours()).toEqual(before);
    await page.emulateMedia({ forcedColors: 'none' });
  });
});

/** Caps of keys whose letters stand out less than 4.5 : 1 from what is behind them. Runs in the page. */
function paleKeyCaps(): string[] {
  const canvas = new OffscreenCanvas(1, 1);
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  const painted = (colours: readonly string[]): readonly number[] => {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (rgba: readonly number[]): number => {
    const [red, green, blue] = rgba.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  return [...document.querySelectorAll('kbd')].flatMap((cap) => {
    const behind: string[] = [];
    for (let at: Element | null = cap; at !== null; at = at.parentElement)
      behind.unshift(getComputedStyle(at).backgroundColor);
    const inactive = cap.closest('[aria-disabled=true], [disabled]');
    const [light, dark] = [
      luminance(painted([...behind, getComputedStyle(cap).color])),
      luminance(painted(behind)),
    ].toSorted((a, b) => b - a);
    const ratio = (light! + 0.05) / (dark! + 0.05);
    return inactive === null && ratio < 4.5 ? [`key cap ${cap.textContent}: ${ratio.toFixed(2)} : 1`] : [];
  });
}

/** Whether what has the focus shows it by a line of 2 px around itself, its field or its row. Runs in the page. */
function focusInSight(): { readonly name: string; readonly isSeen: boolean } {
  const focused = document.activeElement!;
  const around = [focused, focused.parentElement!, focused.closest('.MuiInputBase-root') ?? focused];
  const isRing = (element: Element): boolean => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  };
  const frame = focused.closest('.MuiInputBase-root')?.querySelector('fieldset');
  const isFramed = frame != null && Number.parseFloat(getComputedStyle(frame).borderTopWidth) >= 2;
  const name = `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent?.slice(0, 40) ?? ''}`;
  return { name, isSeen: focused === document.body || around.some(isRing) || isFramed };
}
