// A class is split by what its segments say; where they say nothing, the dialog tells so and nothing can be split.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Attribute } from '#preload/domain/attribute.ts';
import { contract } from '#preload/contract/contract.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { api, queries } from '../../backend/client.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someClasses } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { SplitClassDialog } from './SplitClassDialog.tsx';

const hand: Attribute = {
  id: 7,
  name: 'hand',
  kind: 'choice',
  options: ['left', 'right'],
  required: false,
  classIds: null,
  position: 0,
  removed: false,
};
const saying = (id: number, attributes: Segment['attributes']): Segment => ({
  ...drawnSegment({ id, videoId: 1, classId: 1, startUs: id * 1_000_000, endUs: id * 1_000_000 + 500_000 }),
  ...(attributes !== undefined && { attributes }),
});

async function open(segments: Segment[]): Promise<{ readonly split: unknown[] }> {
  const split: unknown[] = [];
  answerWith({
    classes: {
      segments: implement(contract.classes.segments).handler(() => segments),
      split: implement(contract.classes.split).handler(({ input }) => {
        split.push(input);
        return someClasses(2)[1]!;
      }),
    },
    videos: { list: implement(contract.videos.list).handler(() => []) },
  });
  queries.setQueryData(api.attributes.list.queryKey(), [hand]);
  queries.setQueryData(api.classes.list.queryKey(), someClasses(2));
  useStudio.getState().focusClass(1);
  await show(<SplitClassDialog onClose={() => undefined} />);
  await page.getByRole('textbox', { name: 'Name of the new class' }).fill('tosses');
  await page.getByRole('radio', { name: 'What has a certain value of an attribute' }).click();
  return { split };
}

test('those of one value go', async () => {
  const { split } = await open([saying(1, { 7: 'left' }), saying(2, undefined), saying(3, { 7: 'left' })]);
  await page.getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: 'hand: left (2)' }).click();
  await expect.element(page.getByText('2 of 3 go to the new class')).toBeVisible();
  await page.getByRole('button', { name: 'Split', exact: true }).click();
  await expect.poll(() => split).toEqual([expect.objectContaining({ name: 'tosses', segmentIds: [1, 3] })]);
});

test('where no segment says anything, nothing can be split by it', async () => {
  await open([saying(1, undefined)]);
  await expect.element(page.getByText('No segment of “action 1” has a value of an attribute.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Split', exact: true })).toBeDisabled();
});
