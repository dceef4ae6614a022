// Many clips at a glance: a choice by keys is decided at once, as one edit, in few actions.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('the grid of clips', () => {
  const journey = setOut(
    async (studio) => {
      const project = await makeProjectOfLongClip(studio, { seconds: 240, classes: ['first class', 'second class'] });
      expect(await cuepoint(studio.env, 'propose', project, '--model', 'tiny-clip')).toMatchObject({ code: 0 });
      return { project };
    },
    { width: 1440, height: 900 },
  );
  const window = () => journey().window;
  const grid = () => journey().page.getByRole('listbox', { name: 'Clips to review' });
  const chosen = () => grid().getByRole('option', { selected: true });
  // As the library counts them: the timeline lists those in view.
  const accepted = async () => Number(/(\d+) accepted/.exec((await window().videos.first().textContent()) ?? '')?.[1]);

  test('clips play, those in sight alone, and stand still where motion is to be reduced', async () => {
    await window().frameNumber();
    await window().showEveryProposal();
    const list = journey().page.getByRole('listbox', { name: 'Proposals to review' });
    await expect.poll(() => list.getByRole('option').count()).toBeGreaterThan(7);
    await window().press('Alt+g');
    await expect.poll(() => grid().getByRole('option').count()).toBeGreaterThan(7);
    const strips = grid().locator('img');
    await expect.poll(() => strips.count()).toBeGreaterThan(3);
    const first = strips.first();
    await expect.poll(() => first.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true);
    const placeOf = () => first.evaluate((img) => getComputedStyle(img).transform);
    const before = await placeOf();
    await expect.poll(placeOf).not.toBe(before);
    await journey().page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(() => first.evaluate((img) => getComputedStyle(img).animationName)).toBe('none');
    await journey().page.emulateMedia({ reducedMotion: 'no-preference' });
    // The player shows the one in focus.
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
  });

  test('a pass takes at most three actions for ten accepted segments, one undo step each', async () => {
    let actions = 0;
    const press = async (key: string): Promise<void> => {
      actions += 1;
      await window().press(key);
    };
    let taken = 0;
    for (let screen = 0; screen < 2; screen += 1) {
      await press('Control+a');
      await expect.poll(() => chosen().count()).toBeGreaterThan(6);
      taken += await chosen().count();
      await press('a');
      await expect.poll(accepted).toBe(taken);
    }
    expect(actions / taken).toBeLessThanOrEqual(0.3);
    await window().savedAll();
    // Each screen was one edit.
    await window().press('Control+z');
    await expect.poll(accepted).toBeLessThan(taken);
    expect(await accepted()).toBeGreaterThan(0);
    await window().press('Control+z');
    await expect.poll(accepted).toBe(0);
  });
});
