// Where somebody stood is where they stand after a reload, after another model was chosen, and after a restart.
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { writeLongClip } from '../fixtures/long-clip.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('the place in the work', () => {
  let project = '';
  const journey = setOut(async (studio) => {
    project = await makeProjectOfLongClip(studio, { seconds: 60, classes: ['first class', 'second class'] });
    await writeLongClip(studio.at('other.mp4'), 40);
    expect(await cuepoint(studio.env, 'add', project, studio.at('other.mp4'))).toMatchObject({ code: 0 });
    return { project };
  });
  const window = () => journey().window;

  /** The frame at the left end of what the timeline shows: the ruler is asked, then the playhead goes back. */
  const leftmostFrame = async (): Promise<number> => {
    const before = await window().frameNumber();
    const { x, y } = (await journey().page.getByTestId('timeline-canvas').boundingBox())!;
    await journey().page.mouse.click(x + 2, y + 4);
    await expect.poll(() => window().frameNumber()).not.toBe(before);
    const found = await window().frameNumber();
    await window().goToFrame(before);
    return found;
  };
  const place = async () => ({
    video: await journey().page.locator('video').getAttribute('aria-label'),
    frame: await window().frameNumber(),
    selected: await window().selectedSegment.textContent(),
    library: await window().panel('Library').count(),
  });

  test('video, frame, zoom, selection and panels survive a reload and a restart', async () => {
    await window().frameNumber();
    await window().showVideo('other.mp4');
    await window().goToFrame(600);
    await window().press('i', 'Shift+ArrowRight', 'o', 'Enter');
    await window().selectedSegment.waitFor();
    await window().press('+', '+', '+', '+', 'Control+b');
    await window().panel('Library').waitFor({ state: 'detached' });
    await window().goToFrame(600);
    const left = await leftmostFrame();
    expect(left).toBeGreaterThan(0);
    // Frames where nobody was before: what is kept is of now.
    await window().goToFrame(612);
    const before = await place();
    expect(before).toMatchObject({ video: 'other.mp4', frame: 612, library: 0 });
    await expect.poll(keptFrame).toBe(612);

    // Long after the video, as that of a hundred thousand: what was selected is selected before it is listed.
    await journey().page.route(/\/segments\/\d+$/, async (route) => {
      await window().frameNumber();
      await setTimeout(1_000);
      await route.continue();
    });
    await journey().page.reload();
    await expect.poll(() => window().frameNumber()).toBe(612);
    await expect.poll(place).toEqual(before);
    await journey().page.unroute(/\/segments\/\d+$/);
    await expect.poll(() => window().panel('Player').getByRole('button', { name: /^Loop/ }).isEnabled()).toBe(true);
    await expect.poll(leftmostFrame).toBe(left);
    await window().goToFrame(613);
    await expect.poll(keptFrame).toBe(613);

    await journey().killAndReopen(project);
    await expect.poll(() => window().frameNumber()).toBe(613);
    await expect.poll(place).toEqual({ ...before, frame: 613 });
    await expect.poll(leftmostFrame).toBe(left);
  });

  test('and the choice of another model', async () => {
    await window().goToFrame(612);
    const before = await place();
    await window().useModel('tiny-clip');
    await window().showEveryProposal();
    await window().command('Propose segments in all videos');
    await window().segments.filter({ hasText: ', proposed' }).first().waitFor({ state: 'attached' });
    expect(await place()).toEqual(before);
  });

  /** The frame that the backend would bring the window back to. */
  async function keptFrame(): Promise<number> {
    const text = await readFile(journey().studio.at('.cuepoint-home', 'window.json'), 'utf8').catch(() => '[]');
    const views = JSON.parse(text) as readonly { readonly name: string; readonly text: string }[];
    const stands = views.find(({ name }) => name === 'cuepoint.standpoints')?.text ?? '';
    return Math.round((Number(/"timeUs":(\d+)/.exec(stands)?.[1] ?? -1) * 25) / 1e6);
  }
});
