// A person's own keys: a class beyond the ten digits gets a letter, the map goes into a file and comes back, and what the
// hand is on keeps the keys that move in it.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

const classes = Array.from({ length: 12 }, (_, index) => `class ${index + 1}`);

describe.runIf(hasChromium)('keys of one’s own', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds: 20, classes }),
  }));
  const window = () => journey().window;
  const keys = () => window().dialog('Keys');
  const own = (command: string) => keys().getByRole('button', { name: new RegExp(`^${command}: `) });

  test('the twelfth class gets a key, which is asked for from who has it', async () => {
    await window().frameNumber();
    await window().press('?');
    const row = own('Give “class 12”');
    await row.click();
    await window().press('a');
    await journey().page.getByText('A means “Accept”. Give it to “Give “class 12””?').waitFor();
    await journey().page.getByRole('button', { name: 'Cancel' }).click();
    await row.click();
    await window().press('Alt+Shift+e');
    await own('Give “class 12”')
      .and(journey().page.getByRole('button', { name: /: Alt \+ Shift \+ E\. / }))
      .waitFor();
    await window().press('Escape');
    await keys().waitFor({ state: 'detached' });
  });

  test('it relabels as a digit does', async () => {
    await window().panel('Player').focus();
    await window().press('Home', 'i', 'ArrowRight', 'ArrowRight', 'o', 'Enter');
    await window().selectedSegment.filter({ hasText: 'class 1,' }).waitFor();
    await window().press('Alt+Shift+e');
    await window().selectedSegment.filter({ hasText: 'class 12,' }).waitFor();
  });

  test('the map is saved, lost and taken back from its file', async () => {
    const { page, studio } = journey();
    await window().press('?');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      keys().getByRole('button', { name: 'Save the keys as a file' }).click(),
    ]);
    const file = studio.at('keys.json');
    await download.saveAs(file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      cuepointKeys: 1,
      keys: { 'classes.give:class 12': ['Alt+Shift+E'] },
    });
    await keys().getByRole('button', { name: 'Back to the keys it came with' }).click();
    await keys().getByRole('button', { name: 'Back to the keys it came with' }).waitFor({ state: 'detached' });
    await keys().getByLabel('File of keys').setInputFiles(file);
    await own('Give “class 12”')
      .and(page.getByRole('button', { name: /: Alt \+ Shift \+ E\. / }))
      .waitFor();
    await window().seesNotice(/The keys of keys\.json hold now/);
    await window().press('Escape');
    await keys().waitFor({ state: 'detached' });
  });

  test('the menu of the timeline does to a segment what its keys do, by key and by mouse', async () => {
    const { page } = journey();
    await page.getByRole('listbox', { name: /^Segments of/ }).focus();
    await window().selectedSegment.waitFor();
    await window().press('Shift+F10');
    const menu = page.getByRole('menu', { name: 'Selected segments' });
    await menu.getByRole('menuitem', { name: 'Reject' }).press('Enter');
    await menu.waitFor({ state: 'detached' });
    await expect.poll(() => window().acceptedSegments.count()).toBe(0);
    await window().command('Undo');
    await expect.poll(() => window().acceptedSegments.count()).toBe(1);

    await page.getByTestId('timeline-canvas').click({ button: 'right', position: { x: 300, y: 200 } });
    await page.getByRole('menuitem', { name: 'Mark in: the frame on screen is the first' }).waitFor();
    await window().press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });

  test('in a list the keys that move stay in it', async () => {
    const { page } = journey();
    await window().press('Alt+2');
    const list = page.getByRole('listbox', { name: 'Classes' });
    await list.focus();
    const chosen = (name: string) => list.getByRole('option', { selected: true, name: new RegExp(`^${name},`) });
    await window().press('End');
    await chosen('class 12').waitFor();
    await window().press('Home');
    await chosen('class 1').waitFor();
    await window().press('ArrowDown');
    await chosen('class 2').waitFor();
  });
});
