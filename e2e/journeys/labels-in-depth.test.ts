// What is said of segments and classes beyond a name and a span: attributes by one key, subject and doubt of several at
// once, a lock that holds, classes as a tree with definitions and examples, and a class that is split one by one.
import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';
import { TimelineMouse } from '../pages/timeline-mouse.ts';

const seconds = 20;
const shots = process.env['LABEL_PICTURES'];

describe.runIf(hasChromium)('labels in depth', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds, classes: ['throws', 'rests'] }),
  }));
  const window = () => journey().window;
  const mouse = () => new TimelineMouse(window(), seconds);
  const inspector = () => window().panel('Inspector');
  const picture = async (name: string): Promise<void> => {
    if (shots === undefined) return;
    mkdirSync(shots, { recursive: true });
    await journey().page.screenshot({ path: `${shots}/${name}.png` });
  };

  test('an attribute is made in the dialog, which says in words what it cannot take', async () => {
    await window().frameNumber();
    await window().command('Attributes of the project');
    const dialog = window().dialog('Attributes');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('hand');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText("'hand' is a choice: it needs at least one option.").waitFor();
    await journey().sawRefusal('attributes/add');
    await dialog.getByRole('textbox', { name: 'Options' }).fill('left\nright\nboth');
    await dialog.getByRole('switch', { name: /^Needed/ }).click();
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('choice of 3 · all classes · needed').waitFor();
    await picture('attributes');
    await dialog.getByRole('button', { name: 'New attribute' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Hand');
    await dialog.getByRole('textbox', { name: 'Options' }).fill('x');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText("There is already an attribute 'hand'.").waitFor();
    await journey().sawRefusal('attributes/add');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('one key brings the hand to it, one key chooses, and several segments are told at once', async () => {
    await mouse().drag('throws', 2, 5);
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
    await window().savedAll();
    await window().press('y');
    const hand = inspector().getByRole('radiogroup', { name: /^hand/ });
    await expect.poll(() => hand.evaluate((element) => element === document.activeElement)).toBe(true);
    await window().press('2');
    await expect.poll(() => hand.getByRole('radio', { name: 'right' }).getAttribute('aria-checked')).toBe('true');
    // A digit in the field is an option, not a class.
    await window().savedAll();
    await expect.poll(() => mouse().spans('rests')).toEqual([]);
    await window().panel('Timeline').focus();
    await mouse().drag('throws', 8, 11);
    await expect
      .poll(() => mouse().spans('throws'))
      .toEqual([
        [2, 5],
        [8, 11],
      ]);
    await window().savedAll();
    await window().press('Control+a');
    await expect.poll(() => window().selectedSegment.count()).toBe(2);
    await inspector().getByText('All 2 selected segments').waitFor();
    await inspector().getByText('hand · several').waitFor();
    await inspector().getByRole('combobox', { name: 'Subject' }).fill('Mia');
    await window().press('Enter');
    await window().savedAll();
    await inspector().getByRole('button', { name: 'Ambiguous' }).click();
    await inspector().getByText('Nothing is learned from what is ambiguous, for or against.').waitFor();
    await picture('inspector');
    await window().savedAll();
    await window().press('Control+z');
    await inspector().getByText('Nothing is learned from what is ambiguous').waitFor({ state: 'detached' });
    await expect.poll(() => inspector().getByRole('combobox', { name: 'Subject' }).inputValue()).toBe('Mia');
  });

  test('what is locked stays, and the studio says so', async () => {
    await inspector().getByRole('button', { name: 'Locked' }).click();
    await expect
      .poll(() => inspector().getByRole('button', { name: 'Locked' }).getAttribute('aria-pressed'))
      .toBe('true');
    await window().savedAll();
    await window().panel('Timeline').focus();
    await window().press('Delete');
    await window().seesNotice(/2 of these segments are locked/);
    expect(await mouse().spans('throws')).toEqual([
      [2, 5],
      [8, 11],
    ]);
    await inspector().getByRole('button', { name: 'Locked' }).click();
    await expect
      .poll(() => inspector().getByRole('button', { name: 'Locked' }).getAttribute('aria-pressed'))
      .toBe('false');
    await window().savedAll();
  });

  test('an option that is in use goes only once it is said what becomes of it', async () => {
    await window().command('Attributes of the project');
    const dialog = window().dialog('Attributes');
    await dialog.getByRole('button', { name: /^hand/ }).click();
    await dialog.getByRole('textbox', { name: 'Options' }).fill('left\nthe right one');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Segments have values that would be gone.').waitFor();
    await journey().sawRefusal('attributes/update');
    await dialog.getByRole('combobox', { name: /“right”: 1 segment/ }).click();
    await journey().page.getByRole('option', { name: 'becomes “the right one”' }).click();
    await picture('in-use');
    await dialog.getByRole('button', { name: 'Save so' }).click();
    await dialog.getByText('choice of 2 · all classes · needed').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('a class has a definition, examples that play, several prompts and a place in the tree', async () => {
    const { page } = journey();
    await window().press('Alt+2');
    const list = window().panel('Classes').getByRole('listbox', { name: 'Classes' });
    await list.getByRole('option', { name: /^throws/ }).click();
    await window().command('Definition, prompts and place');
    const dialog = window().dialog('Class “throws”');
    await dialog.getByRole('textbox', { name: 'Definition' }).fill('The ball leaves the hand.');
    await dialog
      .getByRole('textbox', { name: 'Texts the model reads' })
      .fill('throws\na person throws a ball\nhurling');
    await dialog.getByRole('combobox', { name: 'Lies below' }).click();
    await page.getByRole('option', { name: 'rests' }).click();
    await dialog.getByRole('button', { name: 'Add the 2 selected segments' }).click();
    await dialog.getByRole('img', { name: /^Example 2: long\.mp4 at 8\.0 s/ }).waitFor();
    await picture('class');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await list.getByRole('option', { name: /^throws, level 2/ }).waitFor();
    await window().panel('Classes').getByText('The ball leaves the hand.').waitFor();
    await list.getByRole('option', { name: /^rests, group of 1, open/ }).click();
    await list.focus();
    await window().press('ArrowLeft');
    await list.getByRole('option', { name: /^rests, group of 1, closed, 0 open, 2 accepted/ }).waitFor();
    await picture('tree');
    await window().press('ArrowRight');
    await list.getByRole('option', { name: /^throws, level 2/ }).waitFor();
  });

  test('a class is split one by one by keys alone, and one undo puts it together again', async () => {
    await window().press('ArrowDown');
    await window().command('Split the focused class');
    const dialog = window().dialog('Split “throws”');
    await dialog.getByRole('radio', { name: /^One by one/ }).check();
    await dialog.getByRole('textbox', { name: 'Name of the new class' }).fill('tosses');
    const pass = dialog.getByRole('group', { name: 'One by one' });
    await pass.getByText(/^1 of 2 · long\.mp4 at 2\.0 s · stays/).waitFor();
    await pass.focus();
    await window().press('1', '2');
    await pass.getByText('All were looked at.').waitFor();
    await dialog.getByText('1 of 2 go to the new class').waitFor();
    await window().press('ArrowLeft');
    await pass.getByText(/^2 of 2 .* goes to the new class/).waitFor();
    await picture('split');
    await dialog.getByRole('button', { name: 'Split', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => mouse().spans('tosses')).toEqual([[8, 11]]);
    await window().savedAll();
    await window().press('Control+z');
    await expect
      .poll(() => mouse().spans('throws'))
      .toEqual([
        [2, 5],
        [8, 11],
      ]);
    await window().savedAll();
  });
});
