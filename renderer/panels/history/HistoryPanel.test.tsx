// The history says what it cannot read, that nothing was done yet, and lists hundreds of edits without drawing all.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { HistoryEntry } from '#preload/contract/segments.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';

const list = implement(contract.history.list);
const state = implement(contract.history.state).handler(() => ({ undo: null, redo: null }));
const edits = (count: number): HistoryEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    id: count - index,
    label: `Edit ${count - index}`,
    source: 'user',
    annotator: null,
    at: 1_000 * (count - index),
    undone: index === 0,
    segmentIds: [],
  }));

test('a history that cannot be read says so, and is read again at the button', async () => {
  let refuses = true;
  const answer = list.handler(() => {
    if (refuses) throw refusal('unreadable-project', 'The log of edits is damaged.');
    return edits(1).map((edit) => ({ ...edit, annotator: 'Ana Berg' }));
  });
  answerWith({ history: { list: answer, state } });
  await show(<HistoryPanel />);
  await expect.element(page.getByText('The log of edits is damaged.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('listitem').getByText('Edit 1')).toBeVisible();
  await expect.element(page.getByRole('img', { name: 'by Ana Berg' }).getByText('AB')).toBeVisible();
});

test('nothing done yet: a word', async () => {
  answerWith({ history: { list: list.handler(() => []), state } });
  await show(<HistoryPanel />);
  await expect.element(page.getByText('Nothing done yet')).toBeVisible();
});

test('hundreds of edits: the newest first, struck out where it was undone, and only those in sight in the page', async () => {
  answerWith({ history: { list: list.handler(({ input }) => edits(input.limit)), state } });
  await show(<HistoryPanel />);
  const rows = page.getByRole('list', { name: 'Edits, newest first' }).getByRole('listitem');
  await expect.element(rows.first()).toHaveAttribute('aria-setsize', '200');
  expect(rows.first().element().querySelector('s')?.textContent).toBe('Edit 200');
  expect(rows.all().length).toBeLessThan(60);
});
