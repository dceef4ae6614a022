// What a draw would do is seen before it is done, follows what is typed, and is done as it was seen; what cannot be is told.
import { ORPCError, implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { SplitDraw, SplitPlan } from '#preload/contract/splits.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { SplitsDialog } from './SplitsDialog.tsx';

const planOf = (train: number, tested: number): SplitPlan => {
  const counts = { train, validation: 0, test: tested, none: 0 };
  return { videos: counts, segments: counts, classes: [{ classId: 1, name: 'run', counts }] };
};
const counts = implement(contract.splits.counts).handler(() => planOf(0, 0));

test('the preview follows what is typed, and the same is dealt', async () => {
  const dealt: SplitDraw[] = [];
  answerWith({
    splits: {
      counts,
      preview: implement(contract.splits.preview).handler(({ input }) => planOf(input.shares.train, input.seed)),
      draw: implement(contract.splits.draw).handler(({ input }) => {
        dealt.push(input);
        return planOf(60, 9);
      }),
    },
  });
  let closed = 0;
  await show(<SplitsDialog onClose={() => (closed += 1)} />);
  const table = page.getByRole('table', { name: 'What this deals' });
  await expect.element(table.getByRole('row', { name: 'Videos 70 0 1' })).toBeVisible();
  await page.getByLabelText('Train share').fill('60');
  await page.getByLabelText('Seed').fill('9');
  await expect.element(table.getByRole('row', { name: 'Videos 60 0 9' })).toBeVisible();
  await page.getByRole('radio', { name: /pattern/u }).click();
  await expect.element(page.getByRole('button', { name: 'Deal' })).toBeDisabled();
  await page.getByLabelText('Pattern of a name').fill('g\\d+');
  await page.getByRole('button', { name: 'Deal' }).click();
  await expect.poll(() => closed).toBe(1);
  expect(dealt).toEqual([
    {
      shares: { train: 60, validation: 15, test: 15 },
      seed: 9,
      stratified: true,
      together: 'pattern',
      pattern: 'g\\d+',
    },
  ]);
});

test('shares that cannot be are told, and so is what the backend refuses', async () => {
  answerWith({
    splits: {
      counts,
      preview: implement(contract.splits.preview).handler(() => {
        throw new ORPCError('BAD_REQUEST', { message: 'The pattern of sources cannot be read.' });
      }),
    },
  });
  await show(<SplitsDialog onClose={() => undefined} />);
  await expect.element(page.getByRole('alert')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Deal' })).toBeDisabled();
  await page.getByLabelText('Train share').fill('many');
  await expect.element(page.getByText(/^Shares are numbers/u)).toBeVisible();
});
