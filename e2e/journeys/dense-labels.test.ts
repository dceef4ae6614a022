// Labels without gaps: edges that are shared move for both sides, by mouse and by keys.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';
import { TimelineMouse } from '../pages/timeline-mouse.ts';

const seconds = 20;

describe.runIf(hasChromium)('dense labels', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds, classes: ['walks', 'stands'] }),
  }));
  const window = () => journey().window;
  const mouse = () => new TimelineMouse(window(), seconds);
  const both = async () => [await mouse().spans('walks'), await mouse().spans('stands')];

  test('with Shift a shared edge moves both neighbours, and one undo takes both back', async () => {
    await window().frameNumber();
    await mouse().drag('walks', 2, 6);
    await expect.poll(() => mouse().spans('walks')).toEqual([[2, 6]]);
    // Drawn up to the edge, it snaps to it.
    await mouse().drag('stands', 12, 6);
    await expect.poll(both).toEqual([[[2, 6]], [[6, 12]]]);
    await mouse().drag('stands', 6.1, 8, 'Shift');
    await expect.poll(both).toEqual([[[2, 8]], [[8, 12]]]);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(both).toEqual([[[2, 6]], [[6, 12]]]);
  });

  test('no side is left without a frame', async () => {
    await mouse().drag('stands', 6.1, 19, 'Shift');
    await expect.poll(both).toEqual([[[2, 12]], [[12, 12]]]);
    const [last] = await window().segments.filter({ hasText: 'stands' }).allTextContents();
    expect(last).toMatch(/11\.96 s to 12 s/);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(both).toEqual([[[2, 6]], [[6, 12]]]);
  });

  test('by keys, as long as one is held, as one step', async () => {
    const { keyboard } = journey().page;
    await mouse().click('walks', 4);
    await window().selectedSegment.waitFor();
    await keyboard.down('Alt');
    for (let press = 0; press < 25; press += 1) await keyboard.down('w');
    await keyboard.up('w');
    await keyboard.up('Alt');
    await expect.poll(both).toEqual([[[2, 5]], [[5, 12]]]);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(both).toEqual([[[2, 6]], [[6, 12]]]);
    await window().press('Alt+q');
    await window().seesNotice(/Nothing ends where this segment starts/);
  });

  test('a plain drag still moves one edge alone', async () => {
    await mouse().drag('walks', 6, 5);
    await expect.poll(both).toEqual([[[2, 5]], [[6, 12]]]);
  });
});
