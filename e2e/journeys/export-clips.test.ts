// Clips of each class from the window: the dialog says how large they will be, a job makes them, and they are there when it
// says so.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { labelledYard } from '../fixtures/labelled-yard.ts';

describe.runIf(hasChromium)('exporting clips', () => {
  let exports = '';
  const journey = setOut(async (studio) => {
    const project = await labelledYard(studio);
    exports = studio.at('exports');
    mkdirSync(exports);
    return { project };
  });

  test('a folder per class, said in advance and when it is done', async () => {
    const { window, page } = journey();
    const dialog = window.dialog('Export annotations');
    await window.press('Control+e');
    await dialog.getByRole('combobox', { name: 'Format' }).click();
    await page.getByRole('option', { name: 'Clips per class (MP4)' }).click();
    await dialog.getByText(/^2 segments of 2 classes in 1 video\. About \d.* made as a job\.$/u).waitFor();
    await page.screenshot({ path: '.cache/journeys/export-clips.png' });
    await dialog.getByRole('button', { name: 'Save to a folder…' }).click();
    await window.choosePlaces('Choose a folder', exports, [], 'Choose this folder');
    await page
      .getByText(/copied as stored: \d+, encoded: \d+/u)
      .first()
      .waitFor();
    const [folder] = readdirSync(exports).filter((name) => !name.endsWith('.json'));
    const made = readdirSync(join(exports, folder!)).toSorted();
    expect(made).toEqual(['clap', 'clips.csv', 'jump', 'label_map.txt', 'videos.txt']);
    for (const name of ['clap', 'jump']) expect(readdirSync(join(exports, folder!, name))).toHaveLength(1);
  });
});
