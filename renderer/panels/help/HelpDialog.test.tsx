// Protects: the help opens at what a panel asks for, is searched, and shows its tables, pictures and links; nothing in it is
// fetched from elsewhere.
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { goToHelp, goToHelpOf } from '../../shared/help.ts';
import { show } from '../../testing/show.tsx';
import { chapters } from './chapters.ts';
import { HelpDialog } from './HelpDialog.tsx';

beforeEach(() => goToHelp('first-hour'));

const chapterShown = (title: string) => page.getByRole('region', { name: title, exact: true });

test('lists every chapter, shows one, and follows a link to another', async () => {
  await show(<HelpDialog onClose={() => undefined} />);
  for (const { title } of chapters)
    await expect.element(page.getByRole('navigation').getByRole('button', { name: title, exact: true })).toBeVisible();
  await page.getByRole('region').getByRole('button', { name: 'Choosing a model' }).click();
  await expect.element(chapterShown('Choosing a model')).toBeVisible();
  await expect.element(page.getByRole('table').first()).toBeVisible();
});

test('a panel’s question mark opens the section on it', async () => {
  goToHelpOf('search');
  await show(<HelpDialog onClose={() => undefined} />);
  await expect.element(chapterShown('The loop')).toBeVisible();
  await expect.element(page.getByRole('heading', { name: 'Search' })).toBeInViewport();
  const picture = page.getByRole('img').first().element() as HTMLImageElement;
  await vi.waitFor(() => expect(picture.naturalWidth).toBeGreaterThan(0));
  expect(new URL(picture.src).origin).toBe(globalThis.location.origin);
});

test.each([
  ['timeline', 'The timeline'],
  ['player', 'The player'],
])('the question mark of the %s opens what is told of it, not a bare table', async (panel, heading) => {
  goToHelpOf(panel);
  await show(<HelpDialog onClose={() => undefined} />);
  await expect.element(page.getByRole('heading', { name: heading })).toBeInViewport();
});

test('words find the section that speaks of them, spelling mistakes included', async () => {
  await show(<HelpDialog onClose={() => undefined} />);
  await page.getByRole('searchbox', { name: 'Search the help' }).fill('kapa over frames');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Bring together/ })
    .click();
  await expect.element(chapterShown('Working as a team')).toBeVisible();
  // A question in a whole sentence finds what speaks of the one word that matters.
  await page.getByRole('searchbox').fill('how do i export to coco');
  await expect
    .element(
      page
        .getByRole('navigation')
        .getByRole('button', { name: /Formats$/ })
        .first(),
    )
    .toBeVisible();
  await page.getByRole('searchbox').fill('conflict');
  await expect.element(page.getByRole('navigation').getByRole('button', { name: /^One project/ })).toBeVisible();
  await userEvent.clear(page.getByRole('searchbox'));
  await page.getByRole('searchbox').fill('zzqxv');
  await expect.element(page.getByText(/^Nothing speaks of that/)).toBeVisible();
});
