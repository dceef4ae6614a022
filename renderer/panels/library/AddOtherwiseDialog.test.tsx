// What was chosen of how files are read goes along with the files that are then chosen, and nothing else does.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { usePlaceQuestion } from '../../shared/choose-places.ts';
import { AddOtherwiseDialog } from './AddOtherwiseDialog.tsx';

const videos = implement(contract.videos);

async function opened(): Promise<{ readonly asked: unknown[]; readonly closed: () => boolean }> {
  const asked: unknown[] = [];
  let isClosed = false;
  answerWith({
    videos: {
      add: videos.add.handler(({ input }) => {
        asked.push(input);
        return { jobIds: [1] };
      }),
    },
  });
  await show(<AddOtherwiseDialog onClose={() => (isClosed = true)} />);
  return { asked, closed: () => isClosed };
}

/** Answers the file chooser, which must have been asked for this. */
async function choose(purpose: string, tokens: readonly string[]): Promise<void> {
  await expect.poll(() => usePlaceQuestion.getState().question?.purpose).toBe(purpose);
  usePlaceQuestion.getState().question!.answer(tokens);
}

test('a rate, fields and a stream go along with the folder that is chosen', async () => {
  const { asked, closed } = await opened();
  await page.getByRole('textbox', { name: 'Frames a second' }).fill('29,97');
  await page.getByRole('radio', { name: /^Each field a frame/ }).click();
  await page.getByRole('textbox', { name: 'Stream of the file' }).fill('1');
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await choose('folder', ['token']);
  await expect.poll(closed).toBe(true);
  expect(asked).toEqual([{ places: ['token'], reading: { stream: 1, separateFields: true, fps: 29.97 } }]);
});

test('who chooses no file stays in the dialog, and nothing is added', async () => {
  const { asked, closed } = await opened();
  await page.getByRole('button', { name: 'Choose videos…' }).click();
  await choose('videos', []);
  await expect.element(page.getByRole('button', { name: 'Choose videos…' })).toBeEnabled();
  expect([asked, closed()]).toEqual([[], false]);
});

test('what is no rate or no stream cannot be sent', async () => {
  await opened();
  await page.getByRole('textbox', { name: 'Stream of the file' }).fill('left');
  await expect.element(page.getByText('A whole number from 0 on, or nothing.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Choose videos…' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Stream of the file' }).fill('');
  await page.getByRole('textbox', { name: 'Frames a second' }).fill('0');
  await expect.element(page.getByRole('button', { name: 'Choose a folder…' })).toBeDisabled();
});
