// Many segments by saying how: windows of one length, and the gaps of a class.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';
import { TimelineMouse } from '../pages/timeline-mouse.ts';

const seconds = 20;

describe.runIf(hasChromium)('many segments at once', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds, classes: ['walks', 'rests'] }),
  }));
  const window = () => journey().window;
  const mouse = () => new TimelineMouse(window(), seconds);

  test('the whole video in windows, by keys, and one undo takes all of them back', async () => {
    await window().frameNumber();
    await window().panel('Timeline').focus();
    await window().press('Alt+f');
    const dialog = window().dialog('Fill with windows');
    await dialog.getByText('10 segments would be made.').waitFor();
    await journey().page.keyboard.type('0');
    await window().press('Control+a');
    await journey().page.keyboard.type('4');
    await dialog.getByRole('textbox', { name: /From start to start/ }).fill('0.01');
    await dialog.getByText('Neither can be shorter than a frame, 0.040 s.').waitFor();
    await dialog.getByRole('textbox', { name: /From start to start/ }).fill('4');
    await dialog.getByText('5 segments would be made.').waitFor();
    await window().press('Enter');
    await expect
      .poll(() => mouse().spans('walks'))
      .toEqual([
        [0, 4],
        [4, 8],
        [8, 12],
        [12, 16],
        [16, 20],
      ]);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(() => mouse().spans('walks')).toEqual([]);
  });

  test('a selection alone, from the menu by mouse', async () => {
    const { page } = journey();
    await mouse().drag('walks', 4, 10);
    await expect.poll(() => mouse().spans('walks')).toEqual([[4, 10]]);
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
    await window().command('Fill with windows');
    const dialog = window().dialog('Fill with windows');
    expect(await dialog.getByRole('radio', { name: 'The selected segments' }).isChecked()).toBe(true);
    await dialog.getByRole('combobox', { name: 'Class' }).fill('rests');
    await page.getByRole('option', { name: 'rests' }).click();
    await dialog.getByRole('button', { name: 'Make 3 segments' }).click();
    await expect
      .poll(() => mouse().spans('rests'))
      .toEqual([
        [4, 6],
        [6, 8],
        [8, 10],
      ]);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(() => mouse().spans('rests')).toEqual([]);
  });

  test('the gaps of a class become segments of a new one', async () => {
    const { page } = journey();
    const empty = await mouse().at('rests', 18);
    await page.mouse.click(empty.x, empty.y, { button: 'right' });
    await page.getByRole('menuitem', { name: /Make segments of the gaps/ }).click();
    const dialog = window().dialog('Make segments of the gaps');
    await dialog.getByRole('combobox', { name: /Between accepted/ }).fill('walks');
    await page.getByRole('option', { name: 'walks' }).click();
    await dialog.getByRole('combobox', { name: 'The gaps become' }).fill('anything else');
    await page.getByRole('option', { name: /New class/ }).click();
    await dialog.getByRole('button', { name: 'Make 2 segments' }).click();
    await expect
      .poll(() => mouse().spans('anything else'))
      .toEqual([
        [0, 4],
        [10, 20],
      ]);
    await window().savedAll();
    await window().panel('Timeline').focus();
    await window().press('Control+z');
    await expect.poll(() => mouse().spans('anything else')).toEqual([]);
    await window().panel('Timeline').getByText('anything else').waitFor({ state: 'detached' });
  });
});
