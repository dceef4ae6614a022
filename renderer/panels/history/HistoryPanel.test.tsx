// The history says what it cannot read, that nothing was done yet, and lists hundreds of edits without drawing all.
import { implement } from '@orpc/server';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { HistoryEntry } from '#preload/contract/history.ts';
import { initialView, useStudio } from '../../shared/studio-state.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { LookBack } from './LookBack.tsx';

const list = implement(contract.history.list);
const state = implement(contract.history.state).handler(() => ({ undo: null, redo: null }));
const points = implement(contract.history.points).handler(() => []);
const edits = (count: number): HistoryEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    id: count - index,
    label: `Edit ${count - index}`,
    source: 'user',
    annotator: null,
    at: 1_000 * (count - index),
    undone: index === 0,
  }));

beforeEach(() => useStudio.setState(initialView));

test('a history that cannot be read says so, and is read again at the button', async () => {
  let refuses = true;
  const answer = list.handler(() => {
    if (refuses) throw refusal('unreadable-project', 'The log of edits is damaged.');
    return edits(1).map((edit) => ({ ...edit, annotator: 'Ana Berg' }));
  });
  answerWith({ history: { list: answer, state, points } });
  await show(<HistoryPanel />);
  await expect.element(page.getByText('The log of edits is damaged.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('listitem').getByText('Edit 1')).toBeVisible();
  await expect.element(page.getByRole('img', { name: 'by Ana Berg' }).getByText('AB')).toBeVisible();
});

test('nothing done yet: a word', async () => {
  answerWith({ history: { list: list.handler(() => []), state, points } });
  await show(<HistoryPanel />);
  await expect.element(page.getByText('Nothing done yet')).toBeVisible();
});

test('hundreds of edits: the newest first, struck out where it was undone, and only those in sight in the page', async () => {
  answerWith({ history: { list: list.handler(({ input }) => edits(input.limit)), state, points } });
  await show(<HistoryPanel />);
  const rows = page.getByRole('list', { name: 'Edits, newest first' }).getByRole('listitem');
  await expect.element(rows.first()).toHaveAttribute('aria-setsize', '200');
  expect(rows.first().element().querySelector('s')?.textContent).toBe('Edit 200');
  expect(rows.all().length).toBeLessThan(60);
});

const point = { id: 7, at: 0, name: 'Before the students', cause: 'person', annotator: 'Ana Berg' } as const;
const used = { model: 'starter', version: 'Version 2' };
const nothing = { classes: 0, reviews: 0, videos: 0, splits: 0, attributes: 0 };

test('a restore point stands where it was set, tells what going back would change, and who made it, before it does', async () => {
  const asked: unknown[] = [];
  answerWith({
    history: {
      list: list.handler(() => edits(3)),
      state,
      points: implement(contract.history.points).handler(() => [{ ...point, ...used, editId: 2 }]),
      look: implement(contract.history.look).handler(() => ({
        point: { ...point, ...used },
        lastEditId: 3,
        makers: [
          { annotator: 'Ben', count: 2 },
          { annotator: null, count: 1 },
        ],
        classes: [{ classId: 1, name: 'jump', back: 1200, gone: 0, changed: 1 }],
        videos: [{ videoId: 1, name: 'yard.mp4', back: 1200, gone: 0, changed: 1 }],
        others: { ...nothing, reviews: 2 },
        segmentCount: 1201,
        segments: [
          {
            id: 5,
            videoId: 1,
            videoName: 'yard.mp4',
            className: 'jump',
            startUs: 1_000_000,
            endUs: 2_000_000,
            state: 'accepted',
            becomes: 'back',
          },
        ],
      })),
      goBack: implement(contract.history.goBack).handler(({ input }) => {
        asked.push(input);
        throw refusal('conflict', 'Ben has edited since you looked: look again at what would go.');
      }),
    },
  });
  await show(
    <>
      <HistoryPanel />
      <LookBack />
    </>,
  );
  const rows = page.getByRole('list', { name: 'Edits, newest first' }).getByRole('listitem');
  await expect.element(rows.nth(1).getByText('Before the students')).toBeVisible();
  await expect.element(rows.nth(1).getByText('Ana Berg · starter, Version 2', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Look at “Before the students”' }).click();
  const dialog = page.getByRole('dialog', { name: 'Before the students' });
  await expect.element(dialog.getByText(/2 edits by Ben, 1 edit by somebody at this machine/)).toBeVisible();
  await expect.element(dialog.getByText(/2 review states/)).toBeVisible();
  await expect.element(dialog.getByRole('table', { name: 'By class' }).getByText('1,200')).toBeVisible();
  await expect.element(dialog.getByRole('listitem').getByText('comes back')).toBeVisible();
  await dialog.getByRole('button', { name: 'Go back to it' }).click();
  await expect.element(dialog.getByText(/Ben has edited since you looked/)).toBeVisible();
  expect(asked).toEqual([{ pointId: 7, lastEditId: 3 }]);
});

test('where nothing differs there is nothing to go back to', async () => {
  answerWith({
    history: {
      list: list.handler(() => []),
      state,
      points: implement(contract.history.points).handler(() => [{ ...point, ...used, editId: 0 }]),
      look: implement(contract.history.look).handler(() => ({
        point: { ...point, ...used },
        lastEditId: 0,
        makers: [],
        classes: [],
        videos: [],
        others: nothing,
        segmentCount: 0,
        segments: [],
      })),
    },
  });
  await show(
    <>
      <HistoryPanel />
      <LookBack />
    </>,
  );
  await page.getByRole('button', { name: 'Look at “Before the students”' }).click();
  const dialog = page.getByRole('dialog', { name: 'Before the students' });
  await expect.element(dialog.getByText('Everything is as it was then.')).toBeVisible();
  await expect.element(dialog.getByRole('button', { name: 'Go back to it' })).toBeDisabled();
});
