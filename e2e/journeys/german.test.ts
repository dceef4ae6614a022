// The window in German: chosen in the settings, said everywhere that is walked, with room for its longer words, and back.
import { describe, expect, test } from 'vitest';
import german from '../../renderer/language/de.json' with { type: 'json' };
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProposedLongClip } from '../fixtures/project-of-long-clip.ts';
import { keepPicture } from '../fixtures/state-picture.ts';

/** English sentences that the German ones differ from, as patterns: what was put in may be anything. */
const english = Object.entries(german)
  .map(([key, said]) => [key.replace(/_(one|other|key|region)$/, ''), said] as const)
  .filter(([key, said]) => key !== said && /\p{L}{3,}/u.test(key.replace(/\{\{\w+\}\}/g, '')))
  .map(([key]) => {
    const parts = key.trim().split(/\{\{\w+\}\}|<\w+\/>/);
    return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`, 'u');
  });

/** What is opened, by which keys. */
const states: Readonly<Record<string, readonly string[]>> = {
  library: ['Alt+1'],
  classes: ['Alt+2'],
  search: ['Alt+3'],
  review: ['Alt+4'],
  'a proposal': ['n'],
  'a decision': ['a'],
  history: ['Alt+5'],
  teach: ['Alt+6'],
  palette: ['Control+k'],
  'key map': ['?'],
  jobs: ['Alt+j'],
  import: ['Alt+i'],
  export: ['Control+e'],
  annotators: ['Alt+l'],
  tour: ['Alt+h'],
};

describe.runIf(hasChromium)('the window in German', () => {
  const journey = setOut(
    async (studio) => ({
      project: await makeProposedLongClip(studio, { seconds: 20, classes: ['Hochsprung', 'Weitsprung'] }),
    }),
    { width: 1280, height: 720 },
  );
  const window = () => journey().window;

  const look = async (name: string): Promise<readonly string[]> => {
    const { page } = journey();
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    const { said, clipped } = await page.evaluate(saidAndClipped);
    await keepPicture(window(), `de-${name}`);
    const left = said.filter((text) => english.some((sentence) => sentence.test(text)));
    return [...left.map((text) => `${name}: English: ${text}`), ...clipped.map((text) => `${name}: clipped: ${text}`)];
  };

  test('it is chosen in the settings, and the window comes back where it was', async () => {
    await window().frameNumber();
    await window().showEveryProposal();
    await window().command('Settings of you and display');
    const settings = window().dialog('Settings');
    await settings.getByRole('radio', { name: 'Deutsch' }).click();
    await journey().page.getByRole('region', { name: 'Bibliothek' }).waitFor();
    expect(await journey().page.evaluate(() => document.documentElement.lang)).toBe('de');
  });

  test('each part of the window says everything in German, and nothing of it is cut off', async () => {
    const { page } = journey();
    const found: string[] = [];
    const over = page.getByRole('dialog').or(page.getByRole('menu'));
    if ((await over.count()) > 0) await window().press('Escape');
    for (const [name, keys] of Object.entries(states)) {
      await page.getByRole('region', { name: 'Player' }).focus();
      await window().press(...keys);
      if (['palette', 'key map', 'jobs', 'import', 'export', 'annotators', 'tour'].includes(name))
        await over.first().waitFor();
      if (name === 'a decision') await page.getByRole('button', { name: /^Rückgängig.*annehmen/iu }).waitFor();
      found.push(...(await look(name)));
      if ((await over.count()) > 0) {
        await window().press('Escape');
        await over.first().waitFor({ state: 'detached' });
      }
    }
    await window().press('Control+,');
    const settings = window().dialog('Einstellungen');
    for (const tab of ['Modelle', 'Recheneinheit', 'Vorschläge', 'Sie und Anzeige', 'Updates']) {
      await settings.getByRole('tab', { name: tab }).click();
      await settings.getByRole('tabpanel', { name: tab }).waitFor();
      found.push(...(await look(tab)));
    }
    await window().press('Escape');
    await settings.waitFor({ state: 'detached' });
    expect(found).toEqual([]);
  });

  test('and it goes back to English', async () => {
    await window().press('Control+,');
    const settings = window().dialog('Einstellungen');
    await settings.getByRole('tab', { name: 'Sie und Anzeige' }).click();
    await settings.getByRole('radio', { name: 'English' }).click();
    await journey().page.getByRole('region', { name: 'Teach' }).waitFor();
    expect(await journey().page.evaluate(() => document.documentElement.lang)).toBe('en');
  });
});

/** Texts and names that are shown, and what is cut off of buttons, tabs and labels. Runs in the page. */
function saidAndClipped(): { readonly said: string[]; readonly clipped: string[] } {
  const said = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node.parentElement?.closest('script, style') == null) said.add((node.textContent ?? '').trim());
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    for (const name of ['aria-label', 'title', 'placeholder']) said.add((element.getAttribute(name) ?? '').trim());
  const clipped = [...document.querySelectorAll('button, [role=tab], [role=radio], label, th, h1, h2, h3')]
    .filter((element) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const { left, right, width } = element.getBoundingClientRect();
      if (width <= 1) return false;
      const isCut = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      const isOver = [...element.childNodes].some((node) => {
        const words = document.createRange();
        words.selectNode(node);
        return node.nodeType === Node.TEXT_NODE && words.getBoundingClientRect().width > width + 1;
      });
      return (isCut && textOverflow !== 'ellipsis') || isOver || left < -1 || right > innerWidth + 1;
    })
    .map((element) => element.textContent ?? '');
  return { said: [...said].filter(Boolean), clipped };
}
