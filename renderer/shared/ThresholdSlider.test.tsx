// Steps by keys all count, however fast they come and however late the project answers; the slider never jumps back.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith, refusal } from '../testing/answering-backend.ts';
import { someProject } from '../testing/rows.ts';
import { show } from '../testing/show.tsx';
import { ThresholdSlider } from './ThresholdSlider.tsx';

const projects = implement(contract.projects);
const slider = page.getByRole('slider');

async function showSlider(refuses = false): Promise<number[]> {
  const stored = [0.3];
  answerWith({
    projects: {
      info: projects.info.handler(() => someProject({ scoreThreshold: stored.at(-1)! })),
      changeSettings: projects.changeSettings.handler(({ input }) => {
        if (refuses) throw refusal('disk-full', 'The disk that holds the project is full.');
        stored.push(input.scoreThreshold!);
        return someProject({ scoreThreshold: input.scoreThreshold! }).settings;
      }),
    },
  });
  await show(<ThresholdSlider />);
  await expect.element(slider).toHaveValue('0.3');
  slider.element().focus();
  return stored;
}

test('twenty steps in a row are twenty per cent, stored once', async () => {
  const stored = await showSlider();
  await userEvent.keyboard('{ArrowRight}'.repeat(20));
  await expect.element(page.getByText(/at least 50\s%/)).toBeVisible();
  await expect.poll(() => stored).toEqual([0.3, 0.5]);
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => stored).toEqual([0.3, 0.5, 0.51]);
  await expect.element(slider).toHaveValue('0.51');
});

test('what cannot be stored goes back to what the project says', async () => {
  await showSlider(true);
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(slider).toHaveValue('0.31');
  await expect.element(slider).toHaveValue('0.3');
});
