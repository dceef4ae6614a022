// Long work never stands in the way: the page answers, classes can be typed, and five hundred videos can come in.
import { copyFile, appendFile, mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeNumberedClip } from '../clips/numbered-clip.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';
import { answersWhile } from '../fixtures/answers-while.ts';

const manyVideos = 500;

describe.runIf(hasChromium)('while jobs run', () => {
  const journey = setOut(async (studio) => {
    await writeNumberedClip(studio.at('small.mp4'), {
      startsUs: Array.from({ length: 10 }, (_, index) => index * 40_000),
    });
    await mkdir(studio.at('many'));
    for (let index = 0; index < manyVideos; index += 1) {
      const copy = studio.at('many', `clip ${index}.mp4`);
      await copyFile(studio.at('small.mp4'), copy);
      // A box that players skip: other content, same video.
      await appendFile(copy, freeBox(index));
    }
    return { project: await makeProjectOfLongClip(studio, { seconds: 200, classes: ['first class'] }) };
  });
  const window = () => journey().window;

  test('a class typed while a video is looked at gets proposals, and nothing is decoded again', async () => {
    const { page } = journey();
    await window().useModel('tiny-clip');
    await window().showEveryProposal();

    await window().command('Propose segments in all videos');
    await expect.poll(() => window().jobs()).toMatch(/1 job · /);
    await window().press('Alt+2');
    const field = page.getByRole('textbox', { name: 'New class' });
    await field.fill('second class');
    await field.press('Enter');
    // Its proposals are options too, and may be there at once.
    await page
      .getByRole('option', { name: /^second class/ })
      .first()
      .waitFor();
    const answers = await answersWhile(page, async () => /\d %/.test(await window().jobs()));
    await window().jobsAreOver();
    await expect.poll(() => window().segments.filter({ hasText: 'second class' }).count()).toBeGreaterThan(0);
    expect(answers, 'while a job decodes and encodes').toBeGreaterThan(0);

    await field.fill('third class');
    await field.press('Enter');
    await expect.poll(() => window().segments.filter({ hasText: 'third class' }).count()).toBeGreaterThan(0);
    await window().press('Escape', 'Alt+j');
    const jobs = window().dialog('Jobs');
    await jobs.getByRole('listitem').first().waitFor();
    expect(
      await jobs.getByRole('listitem').filter({ hasText: 'Propose segments in long.mp4' }).count(),
      'one job has decoded',
    ).toBe(1);
    await window().press('Escape');
    await jobs.waitFor({ state: 'detached' });
  });

  test(`${manyVideos} videos come in at once while the person goes on labelling`, async () => {
    const { page, studio } = journey();
    await window().press('Alt+1');
    await window().command('Add a folder of videos');
    await window().choosePlaces('Choose a folder', studio.at('many'), [], 'Choose this folder');
    await page.getByText(`Adding ${manyVideos} videos`).waitFor();
    const answering = answersWhile(page, async () => !/No jobs|failed$/.test(await window().jobs()));

    // Meanwhile somebody labels.
    await window().panel('Player').focus();
    await expect
      .poll(async () => {
        // What was learned from the one before may have replaced the next in this moment: then the one after is taken.
        await window().press('ArrowDown', 'a');
        return window().acceptedSegments.count();
      })
      .toBeGreaterThanOrEqual(5);
    const answers = await answering;
    await window().jobsAreOver(200_000);
    expect(answers, 'while videos come in').toBeGreaterThan(0);
    await window()
      .panel('Library')
      .getByText(String(manyVideos + 1), { exact: true })
      .waitFor();
    await expect.poll(() => window().jobs()).toBe('No jobs running');
  });
});

/** An MP4 `free` box, which says nothing. */
function freeBox(content: number): Buffer {
  const box = Buffer.alloc(12);
  box.writeUInt32BE(12, 0);
  box.write('free', 4, 'latin1');
  box.writeUInt32BE(content, 8);
  return box;
}
