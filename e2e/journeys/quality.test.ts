// Quality inside the studio on the sample: a video is marked complete, what is proposed in each by what the others teach is
// measured, and a number leads to the very clip behind it, by mouse and by keys alone.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeSampleProject } from '../fixtures/sample-project.ts';
import { keepPicture } from '../fixtures/state-picture.ts';

describe.runIf(hasChromium)('quality', () => {
  const journey = setOut(async (studio) => ({ project: await makeSampleProject(studio) }), {
    width: 1440,
    height: 900,
  });
  const window = () => journey().window;
  const page = () => journey().page;
  const dialog = () => window().dialog('Quality');
  const confusion = () => dialog().getByRole('grid', { name: /^Confusion/ });
  /** Cells that count anything. */
  const cells = () => confusion().getByRole('gridcell', { name: /^[1-9]/ });
  const clips = () => dialog().getByRole('listbox');
  const labelled = () => window().videos.filter({ hasText: /[1-9]\d* accepted/ });
  /** The span and the video that a card says it shows. */
  const saidOf = async (card: ReturnType<typeof clips>): Promise<string> => (await card.textContent()) ?? '';

  test('a split without videos says what is missing, reviewed videos are there to be measured', async () => {
    await page().getByRole('button', { name: 'Skip the tour' }).click();
    await page().getByRole('button', { name: 'Start the review' }).waitFor();
    await window().jobsAreOver();
    await window().command('Quality');
    await dialog()
      .getByText(/2 of 7 are reviewed as complete/)
      .waitFor();
    await dialog().getByRole('tab', { name: 'Test split' }).click();
    await dialog().getByText('Nothing to measure yet').waitFor();
    await dialog()
      .getByText(/^No video of the test split/)
      .waitFor();
    await keepPicture(window(), 'empty');
    await dialog().getByRole('tab', { name: 'Reviewed videos' }).click();
    await window().press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  test('a third video is marked complete, and all are measured, each without what is known of it', async () => {
    expect(await labelled().count()).toBe(2);
    await window()
      .videos.filter({ hasText: /\b0 accepted/ })
      .first()
      .click();
    await window().panel('Player').focus();
    await window().press('Shift+C');
    await window().seesNotice(/Every class is marked complete/);
    await window().savedAll();
    await window().jobsAreOver();
    await window().press('Alt+e');
    await dialog()
      .getByText(/3 of 7 are reviewed as complete/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Measure', exact: true }).press('Enter');
    await dialog().getByRole('heading', { name: 'Average precision (mAP)' }).waitFor({ timeout: 120_000 });
    await dialog()
      .getByText(/3 videos, \d+ segments/)
      .waitFor();
    await dialog()
      .getByRole('figure', { name: /^Precision against recall, all classes: \d+ % right/ })
      .waitFor();
    await expect.poll(() => cells().count()).toBeGreaterThan(0);
    await keepPicture(window(), 'measured');
  });

  test('a cell of the confusion opens its clips, and a clip is where the studio goes', async () => {
    const count = Number(await cells().first().textContent());
    await cells().first().click();
    await expect.poll(() => clips().getByRole('option').count()).toBeGreaterThan(0);
    await dialog()
      .getByRole('status')
      .getByText(new RegExp(`^${count} clips?$`))
      .waitFor();
    await keepPicture(window(), 'cell');
    const card = clips().getByRole('option').first();
    const said = await saidOf(card);
    const name = /· ([^·]+\.mp4)$/.exec(said)![1]!;
    await card.click();
    await dialog().waitFor({ state: 'detached' });
    await window()
      .picture.and(page().getByLabel(name, { exact: true }))
      .waitFor();
    await window().seesNotice(/: found|: missed|: false|, proposed as/);
    await keepPicture(window(), 'clip');
  });

  test('by keys alone: back to the number, another cell, and into its clip', async () => {
    await page().getByRole('button', { name: 'Back to quality' }).press('Enter');
    await expect.poll(() => clips().getByRole('option').count()).toBeGreaterThan(0);
    await confusion().getByRole('gridcell').first().focus();
    await window().press('End', 'Home');
    expect(await page().locator(':focus').getAttribute('data-cell')).toBe('0 0');
    await window().press('ArrowDown', 'ArrowRight');
    expect(await page().locator(':focus').getAttribute('data-cell')).toBe('1 1');
    await cells().last().focus();
    await window().press('Enter');
    await expect.poll(() => cells().last().getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => clips().evaluate((list) => list === document.activeElement)).toBe(true);
    await window().press('End', 'Enter');
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => window().picture.count()).toBe(1);
  });

  test('other numbers lead to clips as well, and an edit makes what was measured old', async () => {
    await window().press('Alt+e');
    await dialog().getByRole('slider', { name: 'Point of the curve' }).press('End');
    await dialog()
      .getByRole('button', { name: /^What scores \d+ % or more/ })
      .click();
    await dialog()
      .getByRole('region', { name: /^Clips: Scored \d+ % or more/ })
      .waitFor();
    const bins = dialog().getByRole('group', { name: 'Share that is right, by score' });
    await bins.getByRole('button', { disabled: false }).first().press('Enter');
    await dialog()
      .getByRole('region', { name: /^Clips: Scored \d+ to \d+ %/ })
      .waitFor();
    await dialog().getByRole('button', { name: 'Close the clips' }).click();
    await dialog().getByText('The clips behind a number').waitFor();
    await window().press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await labelled().first().click();
    await window().panel('Player').focus();
    // How far a class is looked through is what the measurement rests on.
    await window().press('Alt+ArrowDown', 'c');
    await window().savedAll();
    await window().press('Alt+e');
    await dialog()
      .getByText(/Measured before the last (\d+ edits|edit)\./)
      .waitFor();
    await keepPicture(window(), 'old');
  });
});
