// Progress by class is told in numbers beside each bar, says what it cannot read, and that there are no classes yet.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { ProgressDialog } from './ProgressDialog.tsx';

const progress = implement(contract.reviews.progress);
const list = implement(contract.classes.list).handler(() => []);
const counts = { complete: 3, inProgress: 1, unseen: 1200, accepted: 40, proposed: 7, rejected: 2 };

test('videos and segments of each class', async () => {
  answerWith({ reviews: { progress: progress.handler(() => [{ classId: 1, ...counts }]) }, classes: { list } });
  await show(<ProgressDialog onClose={() => undefined} />);
  const row = page.getByRole('table', { name: 'Progress by class' }).getByRole('row').nth(1);
  for (const number of ['3', '1', '1,200', '40', '7', '2'])
    await expect.element(row.getByRole('cell', { name: number, exact: true })).toBeVisible();
});

test('no classes, and what cannot be read', async () => {
  let refuses = true;
  const answer = progress.handler(() => {
    if (refuses) throw refusal('unreadable-project', 'The reviews are damaged.');
    return [];
  });
  answerWith({ reviews: { progress: answer }, classes: { list } });
  await show(<ProgressDialog onClose={() => undefined} />);
  await expect.element(page.getByText('The reviews are damaged.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('There are no classes yet.')).toBeVisible();
});
