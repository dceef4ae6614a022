// A pasted list is one edit, and one that is too long to be meant is asked about before anything is made.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someClasses } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { NewClassField } from './NewClassField.tsx';

async function paste(names: readonly string[]): Promise<string[][]> {
  const asked: string[][] = [];
  answerWith({
    classes: {
      addAll: implement(contract.classes.addAll).handler(({ input }) => {
        asked.push(input.names);
        return someClasses(input.names.length).map(({ counts: _counts, ...each }) => each);
      }),
    },
  });
  await show(<NewClassField known={['jump']} />);
  const field = page.getByRole('textbox', { name: 'New class' }).element();
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', names.join('\n'));
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  return asked;
}

test('a few come at once, without those that are there; markup is a name like any other', async () => {
  const asked = await paste(['Jump', 'run', '<img src=x onerror=alert(1)>']);
  await expect.poll(() => asked).toEqual([['run', '<img src=x onerror=alert(1)>']]);
});

test('five thousand are asked about, and do not come if one says no', async () => {
  const names = Array.from({ length: 5000 }, (_, index) => `<b>name ${index}</b>`);
  const asked = await paste(names);
  const question = page.getByRole('dialog', { name: 'Add 5,000 classes?' });
  await expect.element(page.getByText(/<b>name 0<.b>/)).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(question).not.toBeInTheDocument();
  expect(asked).toEqual([]);
});

test('five thousand come as one edit', async () => {
  const asked = await paste(Array.from({ length: 5000 }, (_, index) => `name ${index}`));
  await page.getByRole('button', { name: 'Add 5,000' }).click();
  await expect.poll(() => asked.map((each) => each.length)).toEqual([5000]);
});
