// Making points of a class changes nothing that is decided: the dialog says how much stays long before it is stored. What
// others make of the class meanwhile is neither overwritten unseen nor takes the dialog away.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { api, queries } from '../../backend/client.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someClasses } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { ClassDialog } from './ClassDialog.tsx';

async function open(longer: number): Promise<{ readonly stored: unknown[] }> {
  const stored: unknown[] = [];
  answerWith({
    classes: {
      longer: implement(contract.classes.longer).handler(() => ({ segments: longer })),
      examples: implement(contract.classes.examples).handler(() => []),
      update: implement(contract.classes.update).handler(({ input }) => {
        stored.push(input);
        throw refusal('bad-input', "There is already a class 'action 2'.");
      }),
    },
    videos: { list: implement(contract.videos.list).handler(() => []) },
  });
  queries.setQueryData(api.classes.list.queryKey(), someClasses(2));
  useStudio.getState().focusClass(1);
  await show(<ClassDialog onClose={() => undefined} />);
  return { stored };
}

const choosePoints = async (): Promise<void> => {
  await page.getByRole('combobox', { name: 'Its events are' }).click();
  await page.getByRole('option', { name: 'points: moments of one frame' }).click();
};

test.each([
  [1204, 'What is decided from now on is one frame long. 1,204 accepted segments are longer and stay as they are.'],
  [1, 'What is decided from now on is one frame long. 1 accepted segment is longer and stays as it is.'],
])('%i longer segments are told', async (longer, words) => {
  await open(longer);
  await choosePoints();
  await expect.element(page.getByText(words)).toBeVisible();
});

test('what the backend refuses is said in the dialog, and nothing typed is lost', async () => {
  const { stored } = await open(0);
  await choosePoints();
  await expect.element(page.getByText('What is decided from now on is one frame long.', { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('action 2');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.element(page.getByText("There is already a class 'action 2'.")).toBeVisible();
  await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveValue('action 2');
  expect(stored).toEqual([expect.objectContaining({ classId: 1, name: 'action 2', kind: 'point' })]);
});

test('it saves what was changed in it, with what it was opened with, though the class is another by now', async () => {
  const { stored } = await open(0);
  await page.getByRole('textbox', { name: 'Definition' }).fill('both feet');
  const [first, second] = someClasses(2);
  queries.setQueryData(api.classes.list.queryKey(), [{ ...first!, name: 'theirs' }, second!]);
  queries.setQueryData(api.classes.list.queryKey(), [second!]);
  await expect.element(page.getByRole('textbox', { name: 'Definition' })).toHaveValue('both feet');
  await page.getByRole('button', { name: 'Save' }).click();
  const seen = expect.objectContaining({ name: 'action 1', definition: '' }) as unknown;
  await expect.poll(() => stored).toEqual([{ classId: 1, definition: 'both feet', seen }]);
});
