// The guided tour: opens by itself in the sample project, once; each step is done for real, by mouse or by keyboard.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleProjectPath } from '#main/studio/home-folder.ts';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

const titles = [
  'It proposes',
  'You correct',
  'It learns from you',
  'Any class, at any time',
  'Find a moment by words',
  'Take your labels with you',
] as const;

describe.runIf(hasChromium)('the guided tour', () => {
  const journey = setOut(
    async (studio) => {
      const project = sampleProjectPath(studio.at('.cuepoint-home'));
      mkdirSync(path.dirname(project), { recursive: true });
      await writeActedClip(studio.at('gym.mp4'), ['jump', 'clap'], 3);
      for (const words of [
        ['new', project, '--classes', 'jumping,clapping'],
        ['add', project, studio.at('gym.mp4')],
        ['propose', project, '--model', await makeTinyCheckpoint(studio.at('tiny-clip'))],
      ]) {
        const { code, stderr } = await cuepoint(studio.env, ...words);
        expect(code, stderr).toBe(0);
      }
      return { project };
    },
    { width: 1280, height: 800 },
  );
  const window = () => journey().window;
  const step = (number: number) => window().dialog(titles[number - 1]!);
  const button = (name: string) => journey().page.getByRole('dialog').getByRole('button', { name, exact: true });
  const isOver = () => button('Next').waitFor({ state: 'detached' });

  test('opens by itself the first time, with the focus in it, and one Escape leaves it', async () => {
    const { page } = journey();
    await step(1).waitFor();
    await step(1).getByText('step 1 of 6').waitFor();
    expect(await step(1).evaluate((card) => card === document.activeElement)).toBe(true);
    await window().press('Escape');
    await isOver();
    await page.reload();
    await window().videos.first().waitFor();
    await window().savedAll();
    expect(await step(1).count()).toBe(0);
  });

  test('comes back from the key map, and one click leaves it', async () => {
    await window().press('?');
    await window().dialog('Keys').getByRole('button', { name: 'Guided tour: Alt + H' }).waitFor();
    await window().dialog('Keys').getByRole('button', { name: 'Guided tour', exact: true }).click();
    await step(1).waitFor();
    await button('Skip the tour').click();
    await isOver();
  });

  test('each step points at a real control, opens its panel, and says when it was done', async () => {
    const { page } = journey();
    await window().showEveryProposal();
    await window().press('Control+b', 'Alt+h');

    await step(1).waitFor();
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await step(1).getByText('The videos are being looked at.').waitFor();
    await button('Next').click();
    // The proposals may just be replaced.
    await window().jobsAreOver();

    await window().panel('Review').getByRole('button', { name: 'Start the review' }).click();
    await expect
      .poll(async () => {
        await window().press('a');
        const decided = await step(2).getByText('Decided.').isVisible();
        if (!decided) await window().press('n');
        return decided;
      })
      .toBe(true);
    await button('Next').click();

    await window()
      .panel('Teach')
      .getByRole('button', { name: /^Teach/ })
      .click();
    await step(3).getByText('It learns.').waitFor();
    await button('Next').click();

    const field = window().panel('Classes').getByRole('textbox', { name: 'New class' });
    await field.fill('bowing');
    await field.press('Enter');
    await step(4).getByText('Added.').waitFor();
    await button('Next').click();

    const search = window().panel('Search').getByRole('searchbox', { name: 'Search moments by text' });
    await search.fill('somebody claps');
    await search.press('Enter');
    await step(5).getByText('Found.').waitFor();
    await button('Next').click();

    await page.getByRole('button', { name: /^Export annotations/ }).click();
    await window()
      .dialog(/^Export/)
      .waitFor();
    await window().press('Escape');
    await step(6).getByText('That is the whole loop.').waitFor();
    await button('Finish').click();
    await isOver();
    await button('Keep it').click();
    await window().jobsAreOver();
  });

  test('can be taken by keyboard alone, there and back', async () => {
    const { page } = journey();
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.textContent ?? null);
    const tabTo = async (name: string): Promise<void> => {
      await expect
        .poll(async () => {
          await window().press('Tab');
          return focused();
        })
        .toBe(name);
    };
    await window().press('Control+b', 'Alt+h');
    await step(1).waitFor();
    await tabTo('Next');
    for (const number of [2, 3, 4]) {
      await window().press('Enter');
      await step(number).waitFor();
      // The focus stays on the button, so that the next press goes on.
      expect(await focused()).toBe('Next');
    }
    await window().press('Shift+Tab', 'Enter');
    await step(3).waitFor();
    await window().press('Tab', 'Enter');
    await step(4).waitFor();

    await window().press('Shift+Tab', 'Shift+Tab');
    expect(await focused()).toBe('Go there');
    await window().press('Enter');
    await window().type('kneeling');
    await window().press('Enter');
    await step(4).getByText('Added.').waitFor();
    // Out of the field first, then out of the tour.
    await window().press('Escape', 'Escape');
    await isOver();

    // Whoever says so gets the project back as the tour found it.
    await window().dialog('Keep what you did in the tour?').waitFor();
    await window().press('Shift+Tab', 'Enter');
    const back = window().dialog('Before the guided tour');
    await back.getByRole('rowheader', { name: 'kneeling' }).waitFor();
    await back.getByRole('button', { name: 'Go back to it' }).click();
    await back.waitFor({ state: 'detached' });
    await expect.poll(() => window().panel('Classes').getByText('kneeling').count()).toBe(0);
    expect(await window().panel('Classes').getByText('bowing').count()).toBeGreaterThan(0);
    await window().jobsAreOver();
  });

  test('is asked about by the next window where one was closed in the middle of it, and leaves nothing behind', async () => {
    const { page } = journey();
    const history = window().panel('History');
    const points = (): Promise<number> => history.getByText('Before the guided tour').count();
    await window().press('Alt+5');
    await history.waitFor();
    await window().savedAll();
    const before = await points();
    const leave = async (): Promise<void> => {
      await window().savedAll();
      await page.waitForTimeout(1000);
      await page.reload();
      await window().panel('Player').waitFor();
    };
    await window().press('Alt+h');
    await step(1).waitFor();
    await leave();
    await history.waitFor();
    await expect.poll(points).toBe(before);

    await window().press('Alt+h');
    await step(1).waitFor();
    await window().press('Alt+2');
    const field = window().panel('Classes').getByRole('textbox', { name: 'New class' });
    await field.fill('waving');
    await field.press('Enter');
    await window().panel('Classes').getByText('waving').first().waitFor();
    await leave();
    await window().dialog('Keep what you did in the tour?').waitFor();
    await button('Keep it').click();
    await leave();
    await window().savedAll();
    expect(await window().dialog('Keep what you did in the tour?').count()).toBe(0);
  });
});
