// Looking at the picture: closely, lightened, in the full window; by mouse and by keys, and never altering what is labelled.
import { PNG } from 'pngjs';
import { beforeEach, describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { labelledYard } from '../fixtures/labelled-yard.ts';

describe.runIf(hasChromium)('the picture', () => {
  const journey = setOut(async (studio) => ({ project: await labelledYard(studio) }), { width: 1280, height: 720 });
  const window = () => journey().window;
  const page = () => journey().page;
  const player = () => window().panel('Player');
  const map = () => player().getByRole('group', { name: /^Part of the picture that is seen/ });
  const altered = () => player().getByRole('button', { name: /^Picture altered/ });
  const settings = () => window().dialog('Picture, jumps and loops');

  /** Mean of all channels of the picture as it is on screen, 0 to 255. */
  const brightness = async (): Promise<number> => {
    const { x, y, width, height } = (await window().picture.boundingBox())!;
    const clip = { x: x + width * 0.4, y: y + height * 0.3, width: width * 0.2, height: height * 0.4 };
    const { data } = PNG.sync.read(await page().screenshot({ clip }));
    return data.reduce((sum, value, at) => sum + (at % 4 === 3 ? 0 : value), 0) / ((data.length / 4) * 3);
  };
  /** How many times wider the picture is drawn than its place. */
  const magnified = async (): Promise<number> => {
    const place = (await page().getByTestId('zoomed-picture').boundingBox())!;
    return (await window().picture.boundingBox())!.width / place.width;
  };
  const middle = async () => {
    const { x, y, width, height } = (await page().getByTestId('zoomed-picture').boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };

  beforeEach(async () => {
    await window().showVideo('yard.mp4');
    await window().press('Home');
    await expect.poll(() => window().frameNumber()).toBe(0);
  });

  test('is looked at closely with Ctrl and the wheel, moved by dragging, and whole again after a double click', async () => {
    const { x, y } = await middle();
    await page().mouse.move(x, y);
    await page().keyboard.down('Control');
    for (let notch = 0; notch < 4; notch += 1) await page().mouse.wheel(0, -100);
    await page().keyboard.up('Control');
    await expect.poll(magnified).toBeGreaterThan(2);
    await map().waitFor();
    const before = (await window().picture.boundingBox())!;
    await page().mouse.down();
    await page().mouse.move(x - 60, y - 30, { steps: 4 });
    await page().mouse.up();
    await expect.poll(async () => Math.round((await window().picture.boundingBox())!.x - before.x)).toBe(-60);
    expect(await window().frameNumber(), 'a drag is no click: nothing plays').toBe(0);
    await page().mouse.dblclick(x, y);
    await expect.poll(magnified).toBe(1);
    await map().waitFor({ state: 'detached' });
  });

  test('is looked at closely with keys, moved with the arrows in its map, which step no frame', async () => {
    await window().press('z', 'z', 'z', 'd');
    await expect.poll(() => map().evaluate((element) => element === document.activeElement)).toBe(true);
    const before = (await window().picture.boundingBox())!;
    await window().press('ArrowRight', 'ArrowRight');
    await expect.poll(async () => (await window().picture.boundingBox())!.x).toBeLessThan(before.x - 20);
    expect(await window().frameNumber()).toBe(0);
    await window().press('Escape', 'ArrowRight');
    await expect.poll(() => window().frameNumber()).toBe(1);
    await window().press('Shift+D');
    await expect.poll(magnified).toBe(1);
  });

  test('is lightened on screen alone, says so, and is as it is again with one click', async () => {
    const before = await brightness();
    await window().press('u', 'u', 'u');
    await altered().waitFor();
    await expect.poll(brightness).toBeGreaterThan(before + 3);
    await window().press('Alt+b');
    const slider = settings().getByRole('slider', { name: 'Brightness' });
    await slider.focus();
    for (let step = 0; step < 20; step += 1) await window().press('ArrowLeft');
    await settings().getByText('50 %').waitFor();
    await window().press('Escape');
    await settings().waitFor({ state: 'detached' });
    await altered().click();
    await altered().waitFor({ state: 'detached' });
    await expect.poll(async () => Math.abs((await brightness()) - before)).toBeLessThan(1);
  });

  test('fills the window with its transport and labels, where keys go on, until Escape', async () => {
    await window().goToFrame(10);
    await window().press('t');
    const box = (await player().boundingBox())!;
    expect(box).toMatchObject({ x: 0, y: 0, width: 1280, height: 720 });
    await page().getByTestId('timeline-canvas').waitFor({ state: 'hidden' });
    await player().getByRole('list', { name: 'Actions at this frame' }).getByText('jump').waitFor();
    await window().press('ArrowRight');
    await expect.poll(() => window().frameNumber()).toBe(11);
    await player().getByRole('button', { name: 'Play or pause' }).click();
    await expect.poll(() => window().shownNumber()).toBeGreaterThan(13);
    await window().press('k', 'Escape');
    await page().getByTestId('timeline-canvas').waitFor({ state: 'visible' });
    await player()
      .getByRole('button', { name: /full window/ })
      .click();
    await page().getByTestId('timeline-canvas').waitFor({ state: 'hidden' });
    await player()
      .getByRole('button', { name: /full window/ })
      .click();
    await page().getByTestId('timeline-canvas').waitFor({ state: 'visible' });
  });

  test('fills the screen, and comes back', async () => {
    const onScreen = () => page().evaluate(() => document.fullscreenElement !== null);
    await window().press('Shift+T');
    await expect.poll(onScreen).toBe(true);
    await page().getByTestId('timeline-canvas').waitFor({ state: 'hidden' });
    await window().press('Shift+T');
    await expect.poll(onScreen).toBe(false);
    await page().getByTestId('timeline-canvas').waitFor({ state: 'visible' });
  });

  test('jumps and loops go as far as they are set, also after the page is loaded anew', async () => {
    await player().getByRole('button', { name: 'Picture, jumps and loops…' }).click();
    const field = (name: string) => settings().getByRole('textbox', { name });
    await field('Jump, seconds').fill('0.4');
    await field('Jump, frames').fill('7');
    await field('Loop from before, seconds').fill('0.2');
    await field('Loop to after, seconds').fill('lots');
    await settings().getByText('0 to 60').waitFor();
    await field('Loop to after, seconds').fill('0.4');
    await window().press('Escape');
    await settings().waitFor({ state: 'detached' });
    await page().reload();
    await window().showVideo('yard.mp4');
    await window().press('Home', 'Shift+ArrowRight');
    await expect.poll(() => window().frameNumber()).toBe(10);
    await window().press('Control+Shift+ArrowRight');
    await expect.poll(() => window().frameNumber()).toBe(17);
    // The first label goes from frame 5 to frame 25.
    await window().press('Home', 'ArrowDown');
    await window().selectedSegment.waitFor({ state: 'attached' });
    await window().press('Shift+L');
    await expect.poll(() => window().shownNumber()).toBeGreaterThanOrEqual(26);
    await expect.poll(() => window().shownNumber()).toBeLessThan(5);
    await window().press('k', 'Shift+L');
  });
});
