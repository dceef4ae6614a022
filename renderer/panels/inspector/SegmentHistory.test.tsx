// What a person did to a segment is found, however often the model has scored it anew between.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { say } from '#preload/domain/saying.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { SegmentHistory } from './SegmentHistory.tsx';

const scored = say('Proposals by {{model}} in {{videoName}}', { model: 'starter', videoName: 'a.mp4' });

test('being scored again and again is one row', async () => {
  const list = implement(contract.history.list).handler(() =>
    [scored, scored, 'Accept', scored, scored, scored].map((label, index) => ({
      id: 6 - index,
      label,
      source: label === scored ? ('model' as const) : ('user' as const),
      annotator: null,
      at: Date.now(),
      undone: false,
    })),
  );
  answerWith({ history: { list } });
  await show(<SegmentHistory segmentId={1} />);
  const rows = page.getByRole('list').getByRole('listitem');
  await expect.element(rows.nth(2)).toBeVisible();
  expect(rows.elements().map((row) => /Proposals by starter in a.mp4|Accept/.exec(row.textContent)?.[0])).toEqual([
    'Proposals by starter in a.mp4',
    'Accept',
    'Proposals by starter in a.mp4',
  ]);
});
