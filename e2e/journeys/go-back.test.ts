// A restore point is set by name, looked at after more was done, and gone back to; undo of that leads forth again.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { labelledYard } from '../fixtures/labelled-yard.ts';

describe.runIf(hasChromium)('going back', () => {
  const journey = setOut(async (studio) => ({ project: await labelledYard(studio) }));
  const window = () => journey().window;
  const accepted = () => window().acceptedSegments;
  const history = () => window().panel('History');

  test('one is set by name from the palette’s command, and an import has set its own', async () => {
    await window().showVideo('yard.mp4');
    await expect.poll(() => accepted().count()).toBe(2);
    await window().press('Alt+5');
    await history()
      .getByText(/^Before: Import/)
      .waitFor();
    await history().getByRole('button', { name: 'Set a restore point' }).click();
    const dialog = window().dialog('Set a restore point');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Before the students');
    await dialog.getByRole('button', { name: 'Set' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await history().getByText('Before the students').waitFor();
  });

  test('what was done since is told by class, by video and one by one, and taken back as one edit', async () => {
    await journey()
      .page.getByRole('listbox', { name: /^Segments of/ })
      .focus();
    await window().press('ArrowDown');
    await window().selectedSegment.waitFor();
    await window().press('Delete');
    await expect.poll(() => accepted().count()).toBe(1);
    await history().getByRole('button', { name: 'Look at “Before the students”' }).press('Enter');
    const dialog = window().dialog('Before the students');
    await dialog
      .getByRole('table', { name: 'By class' })
      .getByRole('row', { name: /jump|clap/ })
      .waitFor();
    await dialog
      .getByRole('table', { name: 'By video' })
      .getByRole('row', { name: /yard\.mp4/ })
      .waitFor();
    await dialog.getByRole('list', { name: 'Segments as they were' }).getByText('comes back').waitFor();
    await dialog.getByRole('button', { name: 'Go back to it' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => accepted().count()).toBe(2);
  });

  test('undo leads forth again', async () => {
    await window().press('Control+z');
    await expect.poll(() => accepted().count()).toBe(1);
    await history()
      .getByText(/Go back to “Before the students”/)
      .first()
      .waitFor();
  });
});
