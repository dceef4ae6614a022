// Four hundred classes, one of them with markup in its name: every list stays short on the page, and each is at hand by its name.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

const markup = '<b onclick="alert(1)">bold</b> & "quoted"';
const classes = [...Array.from({ length: 399 }, (_, index) => `action ${String(index + 1).padStart(3, '0')}`), markup];
/** So many rows of a list may be on the page at once, in sight and about it. */
const mostOnPage = 80;

describe.runIf(hasChromium)('four hundred classes', () => {
  const journey = setOut(
    async (studio) => ({ project: await makeProjectOfLongClip(studio, { seconds: 20, classes }) }),
    { width: 1280, height: 720 },
  );
  const window = () => journey().window;
  const page = () => journey().page;
  const rows = () => window().panel('Classes').getByRole('option');
  const headers = () =>
    window()
      .panel('Timeline')
      .getByRole('button', { name: /^action \d+/ });

  test('the list holds what is in sight, and its end is one key away', async () => {
    await window().frameNumber();
    await window().press('Alt+2');
    await rows().first().waitFor();
    expect(await rows().count()).toBeLessThan(mostOnPage);
    await window().panel('Classes').getByRole('listbox').focus();
    await window().press('End');
    await rows().getByText(markup, { exact: true }).waitFor();
    expect(await rows().count()).toBeLessThan(mostOnPage);
  });

  test('the timeline draws the rows in sight', async () => {
    await headers().first().waitFor();
    expect(await headers().count()).toBeLessThan(mostOnPage);
  });

  test('the palette and the picker find one by a part of its name; digits give the first ten', async () => {
    await window().command('action 387');
    await headers().filter({ hasText: 'action 387' }).waitFor();
    await window().panel('Player').focus();
    await window().press('Home', 'i', 'ArrowRight', 'ArrowRight', 'o', 'Enter');
    await window().acceptedSegments.filter({ hasText: 'action 387' }).waitFor();
    await window().press('r');
    await window().dialog('Give another class').getByRole('combobox').waitFor();
    const options = page().getByRole('listbox').last().getByRole('option');
    await window().type('bold');
    await options.filter({ hasText: markup }).waitFor();
    await window().press('Enter');
    await window().acceptedSegments.filter({ hasText: markup }).waitFor();
    await window().press('9');
    await window().acceptedSegments.filter({ hasText: 'action 009' }).waitFor();
    await window().savedAll();
  });

  test('the filter of the queue finds them by a part of their names', async () => {
    await window().panel('Review').getByRole('button', { name: 'Order and filter of the queue' }).click();
    const field = page().getByRole('dialog', { name: 'What to review' }).getByRole('combobox', { name: 'Classes' });
    await field.click();
    await window().type('action 39');
    const offered = page().getByRole('listbox', { name: 'Classes' }).getByRole('option');
    await expect.poll(() => offered.count()).toBe(10);
    await window().press('Escape', 'Escape');
  });
});
