// Segments by way of the clipboard: from moment to moment, out of a spreadsheet, and never half of a table without a word.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('copy and paste', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds: 20, classes: ['first class', 'second class'] }),
  }));
  const window = () => journey().window;
  const spoken = async (text: string | RegExp) =>
    (await window().segments.filter({ hasText: text }).allTextContents()).map(
      (words) => /, ([\d.]+ s to [\d.]+ s)/.exec(words)![1],
    );
  /** Puts text into the clipboard as another program would: copied from a field of the page. */
  const copyElsewhere = async (text: string): Promise<void> => {
    await journey().page.evaluate((words) => {
      const field = document.createElement('textarea');
      field.value = words;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }, text);
  };

  test('what is copied comes at the playhead, selected, and one undo takes it back', async () => {
    await window().frameNumber();
    await window().panel('Timeline').focus();
    await window().goToTime('2');
    await window().press('i');
    await window().goToTime('3');
    await window().press('o', 'Enter');
    await expect.poll(() => spoken('first class')).toHaveLength(1);
    const [own] = await spoken('first class');
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
    await window().savedAll();
    await window().press('Control+c');
    await window().seesNotice(/1 segment copied/);
    await window().goToTime('10');
    await window().press('Control+v');
    await expect.poll(() => spoken('first class')).toHaveLength(2);
    await expect
      .poll(() => window().selectedSegment.allTextContents())
      .toEqual([expect.stringMatching(/, 10 s to 11\./)]);
    await window().press('Control+z');
    await expect.poll(() => spoken('first class')).toEqual([own]);
  });

  test('in place means the same time, and a duplicate stands right behind', async () => {
    await window().goToTime('15');
    await window().press('Control+Shift+v');
    await expect.poll(() => spoken('first class')).toHaveLength(2);
    const [own, again] = await spoken('first class');
    expect(again).toBe(own);
    await window().press('Control+d');
    await expect.poll(() => spoken('first class')).toHaveLength(3);
    expect((await spoken('first class'))[2]!.split(' to ')[0]).toBe(own!.split(' to ')[1]);
    await window().press('Control+z', 'Control+z');
    await expect.poll(() => spoken('first class')).toEqual([own]);
  });

  test('cut takes away what paste brings elsewhere', async () => {
    await window().goToTime('1');
    await window().press('ArrowDown');
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
    await window().press('Control+x');
    await expect.poll(() => spoken('first class')).toEqual([]);
    await window().goToTime('12');
    await window().press('Control+v');
    await expect.poll(() => spoken('first class')).toEqual([expect.stringMatching(/^12 s to 13\./)]);
    await window().savedAll();
  });

  test('5,000 rows of a spreadsheet: seen before they are made, with what is wrong, and one step to undo', async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, index) => `second class\t${(index % 180) / 10}\t${(index % 180) / 10 + 1}`,
    );
    const bad = ['second class\t5\t4', 'second class\t7\t7', 'second class\t90\t95', 'third <b>kind</b>\t1\t2'];
    await copyElsewhere(['class\tstart\tend', ...rows, ...bad].join('\r\n'));
    await window().press('Control+v');
    const dialog = window().dialog(/Paste segments/);
    await dialog.getByText('5,001 segments would be made. 1 class would be new. 3 rows cannot be taken.').waitFor();
    await dialog.getByRole('button', { name: 'Rows left out (3)' }).click();
    await dialog.getByText('line 5004, row 5003: it lies outside the video').waitFor();
    await dialog.getByRole('combobox', { name: 'What third <b>kind</b> becomes' }).click();
    await journey().page.getByRole('option', { name: 'is first class' }).click();
    await dialog.getByText('5,001 segments would be made. 3 rows cannot be taken.').waitFor();
    await dialog.getByRole('button', { name: 'Paste 5,001 segments' }).click();
    await window().seesNotice(/5,001 segments pasted/);
    await window().panel('Timeline').getByText('5,002 segments').waitFor();
    await window().panel('Timeline').focus();
    await window().press('Control+z');
    await expect.poll(() => spoken('second class')).toEqual([]);
  });

  test('what is no table is said to be none, and nothing is made', async () => {
    await copyElsewhere('Dear colleague, see the attached file.');
    await window().panel('Timeline').focus();
    await window().press('Control+v');
    const dialog = window().dialog(/Paste segments/);
    await dialog.getByText(/What was copied is not a table of segments/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Paste', exact: true }).isDisabled()).toBe(true);
    await window().press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await spoken('second class')).toEqual([]);
  });

  test('from the menu by mouse, and from the palette', async () => {
    const { page } = journey();
    await window().goToTime('1');
    await window().press('ArrowDown');
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
    await page.getByRole('listbox', { name: /^Segments of/ }).focus();
    await window().press('Shift+F10');
    await page.getByRole('menuitem', { name: /Copy the selected/ }).click();
    await window().seesNotice(/1 segment copied/);
    await window().command('Duplicate the selected');
    await expect.poll(() => spoken('first class')).toHaveLength(2);
  });
});
