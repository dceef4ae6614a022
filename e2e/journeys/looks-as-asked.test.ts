// What a person asks of the look holds in the whole window: the system's theme as it changes, density, motion, pointers.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProposedLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('the look', () => {
  const journey = setOut(
    async (studio) => ({
      project: await makeProposedLongClip(studio, { seconds: 60, classes: ['first class', 'second class'] }),
    }),
    { width: 1280, height: 720 },
  );
  const window = () => journey().window;
  const page = () => journey().page;
  const choose = async (group: string, name: string): Promise<void> => {
    await window().command('Settings of you and display');
    const settings = window().dialog('Settings');
    await settings.getByRole('tab', { name: 'You and display' }).click();
    const radio = settings.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true });
    await radio.click();
    await expect.poll(() => radio.isChecked()).toBe(true);
    await window().press('Escape');
    await settings.waitFor({ state: 'detached' });
  };
  const ground = async (): Promise<string> => page().evaluate(() => getComputedStyle(document.body).backgroundColor);
  const queue = () => page().getByRole('listbox', { name: 'Proposals to review' });
  const cards = () => page().getByRole('listbox', { name: 'Clips to review' }).locator('img').first();

  test('a theme as the system’s changes when the system’s does', async () => {
    await window().frameNumber();
    await window().showEveryProposal();
    await page().emulateMedia({ colorScheme: 'dark' });
    await choose('Theme', 'As the system');
    const dark = await ground();
    await page().emulateMedia({ colorScheme: 'light' });
    await expect.poll(ground).not.toBe(dark);
    await page().emulateMedia({ colorScheme: 'dark' });
    await expect.poll(ground).toBe(dark);
  });

  test('compact shows more rows, nothing cut off, and outlives a reload', async () => {
    const rowPx = async (): Promise<number> =>
      queue()
        .getByRole('option')
        .first()
        .evaluate((row) => row.getBoundingClientRect().height);
    const roomy = await rowPx();
    await choose('Density', 'Compact');
    await expect.poll(rowPx).toBeLessThan(roomy);
    await page().reload();
    await expect.poll(rowPx).toBeLessThan(roomy);
    // Words in every row are whole from top to bottom.
    const cut = await page().evaluate(() =>
      [...document.querySelectorAll('[role=option]')]
        .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
        .map(({ textContent }) => textContent),
    );
    expect(cut).toEqual([]);
    await choose('Density', 'Comfortable');
    await expect.poll(rowPx).toBe(roomy);
  });

  test('reduced motion stills clips and whatever fades or slides, whatever the system says', async () => {
    await page().emulateMedia({ reducedMotion: 'no-preference' });
    await window().press('Alt+g');
    const moves = async (): Promise<boolean> =>
      cards().evaluate((img) => getComputedStyle(img).animationName !== 'none');
    await expect.poll(moves).toBe(true);
    await choose('Motion', 'Reduced');
    await expect.poll(moves).toBe(false);
    // The middle of the clip, not its first picture.
    expect(await cards().evaluate((img) => new DOMMatrix(getComputedStyle(img).transform).e)).toBeLessThan(0);
    const slow = await page().evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((each) =>
          getComputedStyle(each)
            .transitionDuration.split(', ')
            .some((time) => parseFloat(time) > 0.001),
        ).length,
    );
    expect(slow).toBe(0);
    await choose('Motion', 'As the system');
    await expect.poll(moves).toBe(true);
    await window().press('Alt+g');
  });

  test('a side panel alone is as wide as ever after the window was narrow for a while', async () => {
    const widthPx = async (): Promise<number> => (await window().panel('Library').boundingBox())?.width ?? 0;
    const besideReview = await widthPx();
    await page().setViewportSize({ width: 720, height: 450 });
    await window().panel('Player').focus();
    await window().press('Alt+1');
    await window().panel('Review').waitFor({ state: 'detached' });
    await window().panel('Library').waitFor();
    await page().setViewportSize({ width: 1280, height: 720 });
    await window().panel('Review').waitFor();
    await window().press('Alt+4', 'Alt+4');
    await window().panel('Review').waitFor({ state: 'detached' });
    await expect.poll(widthPx).toBeLessThan(besideReview + 2);
    await window().press('Alt+4');
    await window().panel('Review').waitFor();
  });

  test('pointers and playhead of the timeline become large', async () => {
    const canvas = page().getByTestId('timeline-canvas');
    const pointer = async (): Promise<string> => {
      await canvas.hover({ position: { x: 40, y: 60 } });
      return canvas.evaluate((area) => getComputedStyle(area).cursor);
    };
    /** Pixels of the top layer that are opaque: the playhead's, as long as nothing else is there. */
    const painted = async (): Promise<number> =>
      canvas
        .locator('canvas')
        .last()
        .evaluate((layer: HTMLCanvasElement) => {
          const { data } = layer.getContext('2d')!.getImageData(0, 0, layer.width, layer.height);
          return data.filter((value, index) => index % 4 === 3 && value > 200).length;
        });
    await window().press('Home');
    expect(await pointer()).not.toContain('url(');
    await page().mouse.move(0, 0);
    const small = await painted();
    await choose('Pointers and playhead in the timeline', 'Large');
    await expect.poll(pointer).toContain('url(');
    await page().mouse.move(0, 0);
    await expect.poll(painted).toBeGreaterThan(1.5 * small);
  });
});
