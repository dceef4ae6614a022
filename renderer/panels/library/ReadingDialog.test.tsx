// What can be chosen of how a file is read is what the file gives a choice of, and what is asked for is what was chosen.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { ReadingChoice, VideoFacts } from '#preload/domain/video-facts.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { ReadingDialog } from './ReadingDialog.tsx';

const videos = implement(contract.videos);

/** The dialog over one video with these facts; answers what was asked of the backend. */
async function openedOver(facts: Partial<VideoFacts>, refuses = false): Promise<ReadingChoice[]> {
  const asked: ReadingChoice[] = [];
  const [video] = someVideos(1);
  answerWith({
    videos: {
      list: videos.list.handler(() => [{ ...video!, facts: { ...video!.facts, ...facts } }]),
      readAgain: videos.readAgain.handler(({ input }) => {
        if (refuses) throw refusal('not-found', 'clip 1.mp4 is missing.');
        asked.push(input.reading);
        return { jobId: 1 };
      }),
    },
  });
  useStudio.getState().selectVideo(1);
  await show(<ReadingDialog onClose={() => undefined} />);
  await expect.element(page.getByRole('button', { name: 'Read again' })).toBeVisible();
  return asked;
}

const streams = [0, 2].map((index) => ({ index, codec: 'h264', width: 640, height: 480 + index }));

test('a file that leaves nothing to choose can be read again by the reader of today, by Enter alone', async () => {
  const asked = await openedOver({});
  expect(page.getByRole('radio').all()).toEqual([]);
  expect(page.getByRole('textbox').all()).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => asked).toEqual([{}]);
});

test('several films, fields and a rate are chosen together', async () => {
  const asked = await openedOver({ streams, stream: 0, interlaced: true, times: 'counted' });
  await expect.element(page.getByRole('radio', { name: 'Stream 1: 640×480, h264' })).toBeChecked();
  await page.getByRole('radio', { name: 'Stream 2: 640×482, h264' }).click();
  await page.getByRole('radio', { name: /^Each field a frame/ }).click();
  await page.getByRole('textbox', { name: 'Frames a second' }).fill('29,97');
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect.poll(() => asked).toEqual([{ stream: 2, separateFields: true, fps: 29.97 }]);
});

test('a rate that is none is refused before anything is asked', async () => {
  const asked = await openedOver({ times: 'counted' });
  await page.getByRole('textbox', { name: 'Frames a second' }).fill('fast');
  await expect.element(page.getByText('A number above 0, such as 29.97.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Read again' })).toBeDisabled();
  expect(asked).toEqual([]);
});

test('what the backend refuses is said in the dialog', async () => {
  await openedOver({}, true);
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect.element(page.getByText('clip 1.mp4 is missing.')).toBeVisible();
});
