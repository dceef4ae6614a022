// Many clips at a glance: a choice by keys or mouse is decided at once, as one edit, in few actions; and the ways through
// the queue hold what they say.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProposedLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('the grid of clips', () => {
  const journey = setOut(
    async (studio) => ({
      project: await makeProposedLongClip(studio, { seconds: 240, classes: ['first class', 'second class'] }),
    }),
    { width: 1440, height: 900 },
  );
  const window = () => journey().window;
  const grid = () => journey().page.getByRole('listbox', { name: 'Clips to review' });
  const chosen = () => grid().getByRole('option', { selected: true });
  // As the library counts them: the timeline lists those in view.
  const accepted = async () => Number(/(\d+) accepted/.exec((await window().videos.first().textContent()) ?? '')?.[1]);
  const undoLabel = async () =>
    (await journey().page.getByRole('button', { name: /^Undo/ }).getAttribute('aria-label')) ?? '';
  /** What is decided is learned from: proposals go and come until that is over. What is chosen meanwhile stays. */
  const scoredAnew = async (): Promise<void> => {
    await window().savedAll();
    await window().jobsAreOver();
  };

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
    for (let screen = 0; screen < 2; screen += 1) {
      const before = await accepted();
      await press('Control+a');
      await expect.poll(() => chosen().count()).toBeGreaterThan(6);
      await press('a');
      await expect.poll(accepted).toBeGreaterThan(before + 6);
      await window().savedAll();
    }
    const taken = await accepted();
    expect(actions / taken).toBeLessThanOrEqual(0.3);
    // Each screen was one edit.
    await window().press('Control+z');
    await expect.poll(accepted).toBeLessThan(taken);
    expect(await accepted()).toBeGreaterThan(0);
    await window().press('Control+z');
    await expect.poll(accepted).toBe(0);
  });

  test('in a narrow window it comes back where another panel has stood in its place', async () => {
    const { page } = journey();
    await page.setViewportSize({ width: 720, height: 450 });
    await window().press('Alt+1');
    await window().panel('Library').waitFor();
    await grid().waitFor({ state: 'detached' });
    await window().press('Alt+4');
    await grid().getByRole('option').first().waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
    await window().panel('Library').waitFor();
  });

  test('a range by mouse is rejected, another relabelled, each at once', async () => {
    const card = (index: number) => grid().getByRole('option').nth(index);
    await scoredAnew();
    // Proposals may still come or go between the two clicks; then it is clicked again.
    await expect
      .poll(async () => {
        await card(0).click();
        await card(2).click({ modifiers: ['Shift'] });
        return await chosen().count();
      })
      .toBe(3);
    await window().press('x');
    await expect.poll(() => chosen().count()).toBe(1);
    await scoredAnew();
    await window().press('Shift+ArrowRight');
    await expect.poll(() => chosen().count()).toBe(2);
    await window().press('r');
    await window().dialog('Give another class').getByRole('combobox').waitFor();
    await window().type('second class');
    await window().press('Enter');
    await expect.poll(accepted).toBe(2);
    await window().savedAll();
    await expect.poll(undoLabel).toContain('2 segments');
  });

  test('the queue holds what is asked for, and an audit goes through accepted ones', async () => {
    await window().press('Alt+g');
    await grid().waitFor({ state: 'detached' });
    await window().command('Review: random audit');
    const list = journey().page.getByRole('listbox', { name: 'Proposals to review' });
    await expect.poll(() => list.getByRole('option').count()).toBe(2);
    // What is right is accepted again, and leaves the audit without being changed.
    const before = await undoLabel();
    await window().press('n', 'a');
    await expect.poll(() => list.getByRole('option').count()).toBe(1);
    expect(await undoLabel()).toBe(before);
    await window().panel('Review').getByRole('button', { name: 'Order and filter of the queue' }).click();
    const form = window().dialog('What to review');
    await form.getByRole('button', { name: 'Rejected' }).click();
    await form.getByRole('button', { name: 'Accepted' }).click();
    await window().press('Escape');
    await form.waitFor({ state: 'detached' });
    await expect.poll(() => list.getByRole('option').count()).toBe(3);
    await window().command('Review: most confident first');
    await expect.poll(() => list.getByRole('option').count()).toBeGreaterThan(3);
  });

  test('what was accepted against the model, and what was most likely missed, each have a way through the queue', async () => {
    const list = journey().page.getByRole('listbox', { name: 'Proposals to review' });
    const rows = list.getByRole('option');
    const scores = async (): Promise<number[]> =>
      (await rows.allTextContents()).map((text) => Number(/(\d+)\u00a0?%/.exec(text)?.[1]));
    await window().command('Review: disagreement');
    // Both were given the class that the model held less likely.
    await expect.poll(() => rows.count()).toBe(2);
    expect((await rows.allTextContents()).every((text) => text.includes('second class'))).toBe(true);

    await window().command('Review: most likely missed');
    // Every proposal is shown, so that none was missed.
    await expect.poll(() => rows.count()).toBe(0);
    await window().inSettings('Proposals', async (settings) => {
      await settings.getByRole('slider', { name: /Show proposals/ }).press('End');
    });
    await expect.poll(() => rows.count()).toBeGreaterThan(3);
    const shown = await scores();
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
  });
});
