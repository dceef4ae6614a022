// What was decided before its class was made points is kept as long as it was, and the inspector says so. A time that is being
// typed outlives one that others store meanwhile, and says what it was begun on.
import { implement } from '@orpc/server';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { api, queries } from '../../backend/client.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someClasses, someProposal } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { SegmentTimes } from './SegmentTimes.tsx';

const words = 'It is longer than the one frame of its class, from before that was made points, and is kept so.';

test.each([
  ['point', 5, true],
  ['point', 1, false],
  [undefined, 5, false],
] as const)('a class of kind %s, %i frames long', async (kind, frames, isSaid) => {
  const segment = { ...someProposal(1), startUs: 0, endUs: frames * 40_000 };
  const table = FrameTable.fromArray(Float64Array.from({ length: 101 }, (_, index) => index * 40_000));
  const classes = someClasses(2).map((one) => ({ ...one, ...(kind && { kind }) }));
  answerWith({ classes: { list: implement(contract.classes.list).handler(() => classes) } });
  queries.setQueryData(api.classes.list.queryKey(), classes);
  queries.setQueryData(['frame-table', segment.videoId], table);
  await show(<SegmentTimes segment={segment} />);
  await expect.element(page.getByRole('textbox', { name: 'Start of the segment' })).toBeVisible();
  const note = page.getByText(words);
  if (isSaid) await expect.element(note).toBeVisible();
  else expect(note.elements()).toHaveLength(0);
});

test('digits typed outlive an end that is moved elsewhere meanwhile', async () => {
  const asked: unknown[] = [];
  answerWith({
    classes: { list: implement(contract.classes.list).handler(() => someClasses(1)) },
    segments: {
      update: implement(contract.segments.update).handler(({ input }) => {
        asked.push(input);
        throw refusal('conflict', 'Ben moved it meanwhile.');
      }),
    },
  });
  const segment = someProposal(1);
  queries.setQueryData(
    ['frame-table', segment.videoId],
    FrameTable.fromArray(Float64Array.from({ length: 101 }, (_, index) => index * 40_000)),
  );
  let moveEnd!: (us: number) => void;
  function Times() {
    const [endUs, setEndUs] = useState(segment.endUs);
    moveEnd = setEndUs;
    return <SegmentTimes segment={{ ...segment, endUs }} />;
  }
  await show(<Times />);
  const end = page.getByRole('textbox', { name: 'End of the segment' });
  await end.click();
  await userEvent.keyboard('0.8');
  moveEnd(1_200_000);
  await userEvent.keyboard('4');
  await expect.element(end).toHaveValue('0.84');
  await userEvent.keyboard('{Enter}');
  const seen = [{ startUs: 0, endUs: 1_000_000 }];
  await expect.poll(() => asked).toEqual([{ segmentIds: [1], startUs: 0, endUs: 840_000, seen }]);
});
