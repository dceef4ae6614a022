// Moments like a segment, asked for at the inspector, in the timeline's menu and in the palette; and words again.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

describe.runIf(hasChromium)('more like this', () => {
  const journey = setOut(async (studio) => {
    const clips = [studio.at('gym.mp4'), studio.at('hall.mp4')];
    for (const [index, clip] of clips.entries()) await writeActedClip(clip, ['jump', 'clap'], 2, 1 + index);
    const project = studio.at('gym.cuepoint');
    const model = await makeTinyCheckpoint(studio.at('tiny-clip'));
    for (const command of [
      ['new', project, '--classes', 'jumping,clapping'],
      ['add', project, ...clips],
      ['propose', project, '--model', model],
    ])
      expect(await cuepoint(studio.env, ...command)).toMatchObject({ code: 0 });
    return { project };
  });
  const window = () => journey().window;
  const panel = () => window().panel('Search');
  const found = () => panel().getByRole('listbox', { name: 'Found moments' }).getByRole('option');
  const title = () => panel().getByRole('heading', { name: /^Like (jumping|clapping), \d+:\d\d\.\d$/ });

  async function selectFirst(): Promise<void> {
    await window().showVideo('gym.mp4');
    await window().press('ArrowDown');
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
  }

  async function searchByWords(): Promise<void> {
    await panel().getByRole('button', { name: 'Search by words again' }).click();
    await title().waitFor({ state: 'detached' });
    await window().press('Alt+1');
  }

  test('is a button of the inspector, and what it finds is shown by a click, in any video', async () => {
    await window().showEveryProposal();
    await selectFirst();
    await window().panel('Inspector').getByRole('button', { name: 'More like this' }).click();
    await title().waitFor();
    await found().first().waitFor();
    await found().filter({ hasText: 'hall.mp4' }).first().click();
    await journey()
      .page.locator('video')
      .and(journey().page.getByLabel('hall.mp4', { exact: true }))
      .waitFor();
    // What was asked stays, though another video is on screen.
    await title().waitFor();
    await searchByWords();
  });

  test('is in the menu of the timeline', async () => {
    await selectFirst();
    const { page } = journey();
    await page.getByRole('listbox', { name: /^Segments of/ }).focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: /^More like this/ }).click();
    await title().waitFor();
    await found().first().waitFor();
    await searchByWords();
  });

  test('is a command, and words that are typed after it are searched for instead', async () => {
    await selectFirst();
    await window().command('More like this');
    await title().waitFor();
    await found().first().waitFor();
    const field = panel().getByRole('searchbox', { name: 'Search moments by text' });
    await field.fill('somebody claps');
    await field.press('Enter');
    await title().waitFor({ state: 'detached' });
    await found().first().waitFor();
  });

  test('takes the frame on screen, and a file that is none is told of', async () => {
    await window().press('Alt+1');
    await selectFirst();
    await window().press('Alt+Shift+K');
    await panel()
      .getByRole('heading', { name: /^Like frame \d+$/ })
      .waitFor();
    await found().first().waitFor();
    const file = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') };
    await panel().getByLabel('Picture to search for').setInputFiles(file);
    await window().seesNotice(/"notes.jpg" cannot be read as a picture/);
    await panel()
      .getByRole('heading', { name: /^Like frame \d+$/ })
      .waitFor();
  });
});
