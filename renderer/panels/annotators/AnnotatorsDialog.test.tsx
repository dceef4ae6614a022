// Other annotators' work is listed, compared in numbers that can be read, and settled by one button; nothing there says so.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { Agreement, Layer } from '#preload/contract/layers.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { AnnotatorsDialog } from './AnnotatorsDialog.tsx';

const layer = (id: number, name: string): Layer => ({ id, name, videoIds: [1, 2], segmentCount: 3, addedAt: 0 });
const apart = { meanUs: 0, meanAbsoluteUs: 120_000, medianAbsoluteUs: 80_000, maximumUs: 400_000 };
const matches = [
  { tIoU: 0.5, pairs: 2, precision: 0.5, recall: 1, f1: 0.667 },
  { tIoU: 0.7, pairs: 1, precision: 0.25, recall: 0.5, f1: 0.333 },
];
const agreement: Agreement = {
  videos: 2,
  segments: { a: 2, b: 4 },
  matches,
  frames: 600,
  sameFrames: 0.9,
  kappa: 0.812,
  classes: [{ classId: 1, name: 'run', segments: { a: 2, b: 4 }, matches, kappa: 0.812 }],
  boundaries: { pairs: 2, start: apart, end: null },
  confusion: {
    classIds: [1],
    counts: [
      [2, 0],
      [2, 0],
    ],
  },
};

const list = implement(contract.layers.list);
const compare = implement(contract.layers.agreement);
const adjudicate = implement(contract.layers.adjudicate);

test('without layers there is nothing to compare or settle', async () => {
  answerWith({ layers: { list: list.handler(() => []) } });
  await show(<AnnotatorsDialog onClose={() => undefined} />);
  await expect.element(page.getByText('There are no layers yet.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Settle' })).toBeDisabled();
});

test('two layers are compared, and settled together', async () => {
  const settled: number[][] = [];
  answerWith({
    layers: {
      list: list.handler(() => [layer(4, 'Ana'), layer(7, 'Ben')]),
      agreement: compare.handler(() => agreement),
      adjudicate: adjudicate.handler(({ input }) => {
        settled.push(input.layerIds);
        return { agreed: 1, disputed: 2, videos: 2 };
      }),
    },
  });
  let closed = 0;
  await show(<AnnotatorsDialog onClose={() => (closed += 1)} />);
  await expect.element(page.getByText('F1 at tIoU 0.7')).toBeVisible();
  await expect.element(page.getByText('0.333')).toBeVisible();
  await expect.element(page.getByText('0.120 s')).toBeVisible();
  await expect.element(page.getByText('no segment is matched')).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Confusion between classes' })).toBeVisible();
  await page.getByRole('button', { name: 'Settle' }).click();
  await expect.poll(() => settled).toEqual([[4, 7]]);
  await expect.poll(() => closed).toBe(1);
});
