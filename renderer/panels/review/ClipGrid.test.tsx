// Many at once: what is chosen is what was seen, a decision on all of it is one call, and what is refused comes back.
import { implement } from '@orpc/server';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { decideSelected } from '../../shared/decide-segments.ts';
import { attempt, useNotices } from '../../shared/notices.ts';
import { useReviewQueue } from '../../shared/review-queue.ts';
import { initialView, useStudio } from '../../shared/studio-state.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someClasses, someProposals, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { ReviewPanel } from './ReviewPanel.tsx';

const segments = implement(contract.segments);
const cards = page.getByRole('listbox', { name: 'Clips to review' });
const chosen = cards.getByRole('option', { selected: true });
const ids = () => chosen.all().map((card) => card.element().id);

/** A queue of `count`, and every update that was asked for. */
async function showGrid(count: number, refuses = false): Promise<(readonly number[])[]> {
  const updates: (readonly number[])[] = [];
  const decided = new Set<number>();
  answerWith({
    videos: { list: implement(contract.videos.list).handler(() => someVideos(1)) },
    classes: { list: implement(contract.classes.list).handler(() => someClasses(2)) },
    segments: {
      queue: segments.queue.handler(({ input }) => ({
        total: count,
        segments: someProposals(Math.min(count, input.limit)),
      })),
      update: segments.update.handler(({ input }) => {
        updates.push(input.segmentIds);
        if (refuses) throw refusal('disk-full', 'The disk that holds the project is full.');
        for (const id of input.segmentIds) decided.add(id);
        return { segments: [] };
      }),
    },
  });
  await page.viewport(700, 600);
  await show(<ReviewPanel />);
  await expect.element(cards).toBeVisible();
  return updates;
}

beforeEach(() => useStudio.setState({ ...initialView, reviewGrid: true }));

test('a hundred thousand: those in sight are in the page, Ctrl+A takes those and no others, in one call', async () => {
  const updates = await showGrid(100_000);
  await expect.poll(() => cards.getByRole('option').all().length).toBeGreaterThan(4);
  expect(cards.getByRole('option').all().length).toBeLessThan(60);
  cards.element().focus();
  await userEvent.keyboard('{Control>}a{/Control}');
  await expect.poll(() => ids().length).toBeGreaterThan(4);
  const taken = [...useReviewQueue.getState().chosen];
  // From the first on, without a gap, and no more than stand in the page.
  expect(taken).toEqual(taken.map((_, index) => index + 1));
  const { bottom } = cards.element().getBoundingClientRect();
  for (const id of ids()) {
    const box = document.getElementById(id)!.getBoundingClientRect();
    expect(box.top + box.height / 2, id).toBeLessThan(bottom);
  }
  attempt(decideSelected({ kind: 'accept' }));
  await expect.poll(() => updates).toEqual([taken]);
  // What was decided has left, and the next is in focus.
  await expect.poll(() => useReviewQueue.getState().leaving.size).toBe(0);
  expect(useReviewQueue.getState().focusId).toBe(taken.length + 1);
  expect(document.getElementById('clip-1')).toBeNull();
});

test('keys and clicks choose ranges, and one more or less', async () => {
  await showGrid(30);
  const card = (id: number) =>
    page.getByRole('option', { name: new RegExp(`0:${String(id - 1).padStart(2, '0')}\\.0 `) });
  await card(2).click();
  await expect.poll(ids).toEqual(['clip-2']);
  await card(4).click({ modifiers: ['Shift'] });
  await expect.poll(ids).toEqual(['clip-2', 'clip-3', 'clip-4']);
  await card(3).click({ modifiers: ['Control'] });
  await expect.poll(ids).toEqual(['clip-2', 'clip-4']);
  await card(1).click();
  cards.element().focus();
  await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
  await expect.poll(ids).toEqual(['clip-1', 'clip-2', 'clip-3']);
  await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
  await expect.poll(ids).toEqual(['clip-1', 'clip-2']);
  await userEvent.keyboard('{End}');
  await expect.poll(ids).toEqual(['clip-30']);
});

test('a refused decision brings all of them back, with a word', async () => {
  const updates = await showGrid(6, true);
  cards.element().focus();
  await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
  await expect.poll(() => ids().length).toBe(3);
  attempt(decideSelected({ kind: 'reject' }));
  await expect.poll(() => useNotices.getState().notice?.text).toContain('The disk that holds the project is full.');
  expect(updates).toHaveLength(1);
  await expect.poll(() => cards.getByRole('option').all().length).toBe(6);
});

test('what was chosen is not decided on once something else is selected', async () => {
  const updates = await showGrid(6);
  cards.element().focus();
  await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
  await expect.poll(() => ids().length).toBe(3);
  useStudio.getState().selectSegments([6]);
  attempt(decideSelected({ kind: 'accept' }));
  await expect.poll(() => updates).toEqual([[6]]);
});
