// `npm run screenshots [-- folder]`: the pictures of README and help, of the sample project in a real Chromium. `npm run
// build` first. Dialogs that the help shows no picture of go to `.cache/screenshots`, in both themes, to be looked at.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import { makeSampleProject } from '../fixtures/sample-project.ts';
import { ServedStudio } from '../fixtures/served-studio.ts';
import { lookedAt, prepare, runCommand } from './looked-at.ts';

const root = path.resolve(import.meta.dirname, '../..');
const shipped = path.resolve(process.argv[2] ?? path.join(root, 'resources/screenshots'));
const looked = path.join(root, '.cache/screenshots');
const viewport = { width: 1280, height: 800 };
/** What of all that is looked at README and help show, at the middle size, dark. */
const shown: Readonly<Record<string, string>> = { 'review grid': 'grid', 'an attribute': 'attributes' };
/** The last as a person sees it who has the letters twice as large. */
const sizes = [
  [1440, 900],
  [1280, 720],
  [720, 450],
] as const;

for (const theme of ['dark', 'light'] as const) {
  await using studio = new ServedStudio();
  const project = await makeSampleProject(studio);
  writeFileSync(studio.at('.cuepoint-home', 'settings.json'), JSON.stringify({ theme, tourSeen: true }));
  await using chromium = await launchChromium(viewport);
  const page = chromium.context.pages()[0]!;
  await page.goto(await studio.start(project));
  await standsStill(page);
  await bringUpAProposal(page);
  await take(page, shipped, `studio-${theme}`);

  await page.keyboard.press('F1');
  await page.getByRole('dialog', { name: 'Help' }).getByRole('heading').first().waitFor();
  await take(page, looked, `help-${theme}`);
  await page.keyboard.press('Escape');
  await runCommand(page, 'Log and bug report');
  await page
    .getByRole('region', { name: 'Bug report' })
    .getByText(/^Cuepoint/)
    .waitFor();
  await take(page, looked, `log-${theme}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Updates' }).click();
  await page.getByText('This is Cuepoint').waitFor();
  await take(page, looked, `updates-${theme}`);

  await page.getByRole('tab', { name: 'Proposals' }).click();
  await page.getByRole('radio', { name: /^X-CLIP/ }).click();
  await page.getByRole('radio', { name: /^X-CLIP/, checked: true }).waitFor();
  await take(page, theme === 'dark' ? shipped : looked, theme === 'dark' ? 'scorer' : `scorer-${theme}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await take(page, looked, `keys-${theme}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+i');
  await page.getByRole('dialog', { name: 'Import annotations' }).waitFor();
  await take(page, looked, `import-${theme}`);
  await page.keyboard.press('Escape');
  await prepare(page);
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const [name, open] of Object.entries(lookedAt)) {
      // A panel's own key would fold it away from inside.
      await page.getByRole('region', { name: 'Player' }).focus();
      await open(page);
      await take(page, looked, `${name.replaceAll(' ', '-')}-${theme}-${width}x${height}`);
      if (shown[name] !== undefined && theme === 'dark' && width === 1280) await take(page, shipped, shown[name]);
      await leave(page);
      if (name === 'filter of the queue') await page.keyboard.press('Alt+g');
    }
  }
  await page.setViewportSize(viewport);
  await page.keyboard.press('ArrowDown');
  await page.getByTestId('timeline-canvas').click({ button: 'right', position: { x: 60, y: 10 } });
  await page.getByRole('menu').waitFor();
  await take(page, looked, `timeline-menu-${theme}`);
}

/** Everything is proposed, and the first video's picture is there. */
async function standsStill(page: Page): Promise<void> {
  await page.getByRole('main').waitFor();
  await page.getByRole('region', { name: 'Library' }).getByRole('option').first().click();
  // Jobs have begun, and are over.
  await page.getByRole('region', { name: 'Review' }).getByRole('option').first().waitFor({ timeout: 300_000 });
  await page.getByRole('button', { name: /^Jobs: No jobs running/ }).waitFor({ timeout: 600_000 });
  const fresh = page.getByRole('button', { name: /new proposals? · show/ });
  if (await fresh.isVisible()) await fresh.click();
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
}

/** The first of the queue is under review, and stands still; the mouse is nowhere. */
async function bringUpAProposal(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.keyboard.press('n');
  await page.getByRole('region', { name: 'Review' }).getByRole('option', { selected: true }).waitFor();
  await page.keyboard.press('k');
  // To where the action shows.
  await page.keyboard.press('Shift+ArrowRight');
  await page.locator('[data-testid=frame-readout][data-settled=true]').waitFor();
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
}

/** Leaves what lies over the window. */
async function leave(page: Page): Promise<void> {
  const over = page.locator('.MuiModal-root').first();
  for (let tries = 0; tries < 4 && (await over.count()) > 0; tries += 1) {
    await page.keyboard.press('Escape');
    await over.waitFor({ state: 'detached', timeout: 2_000 }).catch(() => undefined);
  }
}

async function take(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  console.log(path.relative(root, path.join(folder, `${name}.png`)));
}
