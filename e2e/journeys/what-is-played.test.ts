// What is played: only segments, only what lies between, that at speed; and a frame kept as a picture, as it was filmed.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { labelledYard } from '../fixtures/labelled-yard.ts';

/** Frames of the two labels, first and one past the last: 0.2 s to 1 s and 2 s to 2.8 s at 25 frames a second. */
const labelled = [
  [5, 25],
  [50, 70],
] as const;
const isLabelled = (frame: number): boolean => labelled.some(([first, end]) => frame >= first && frame < end);

describe.runIf(hasChromium)('what is played', () => {
  let project = '';
  const journey = setOut(async (studio) => ({ project: (project = await labelledYard(studio)) }));
  const window = () => journey().window;
  const page = () => journey().page;

  /** Notes each number over the picture, and the player's speed then, while `does` is under way. */
  async function noted(does: () => Promise<void>): Promise<{ readonly frame: number; readonly speed: number }[]> {
    await page().evaluate(() => {
      const notes: { frame: number; speed: number }[] = [];
      const readout = document.querySelector('[data-testid=frame-readout]')!;
      const observer = new MutationObserver(() => {
        const frame = Number(/^#(\d+)/.exec(readout.textContent)?.[1]);
        notes.push({ frame, speed: document.querySelector('video')!.playbackRate });
      });
      observer.observe(readout, { subtree: true, characterData: true, childList: true });
      Object.assign(globalThis, { notes });
    });
    await does();
    return page().evaluate(() => (globalThis as unknown as { notes: { frame: number; speed: number }[] }).notes);
  }

  test('only segments: from one to the next, and to the end of the last', async () => {
    await window().showVideo('yard.mp4');
    await window().press('Home', 'Alt+o');
    await window().hears(/Played: only segments/);
    const shown = await noted(async () => {
      await window().press('Space');
      await expect.poll(() => window().frameNumber()).toBe(69);
    });
    expect(shown.filter(({ frame }) => !isLabelled(frame))).toEqual([]);
    expect(shown.some(({ frame }) => frame < 25)).toBe(true);
  });

  test('segments at their speed and gaps fast', async () => {
    await window().press('Home', 'Alt+o');
    await window().hears(/Played: segments, and gaps fast/);
    const shown = await noted(async () => {
      await window().press('Space');
      await expect.poll(() => window().shownNumber()).toBeGreaterThan(75);
      await window().press('k');
    });
    // The speed changes with the first picture of a part, after its number is told.
    const settled = shown.filter(({ frame }, at) => {
      const before = shown[at - 1]?.frame;
      return before !== undefined && frame === before + 1 && isLabelled(before) && isLabelled(frame);
    });
    expect(settled.length).toBeGreaterThan(3);
    expect(settled.every(({ speed }) => speed === 1)).toBe(true);
    expect(shown.some(({ frame, speed }) => !isLabelled(frame) && speed === 8)).toBe(true);
  });

  test('only gaps, chosen by mouse', async () => {
    await window()
      .panel('Player')
      .getByRole('button', { name: /^What is played/ })
      .click();
    await page().getByRole('menuitemradio', { name: 'Only gaps' }).click();
    await window().press('Escape');
    await page().getByRole('menu').waitFor({ state: 'detached' });
    await window().panel('Player').focus();
    await window().press('Home');
    const shown = await noted(async () => {
      await window().press('Space');
      await expect.poll(() => window().shownNumber()).toBeGreaterThan(80);
      await window().press('k');
    });
    expect(shown.filter(({ frame }) => isLabelled(frame))).toEqual([]);
    await window().command('Play everything');
  });

  test('the frame on screen is kept as it was filmed, whatever it looks like here', async () => {
    const { studio } = journey();
    await window().panel('Player').focus();
    await window().goToFrame(10);
    await window().press('u', 'u', 'Alt+x');
    await window().seesNotice(/Saved yard_00-00-00\.400_10\.png .* As filmed, not as lightened here\./);
    await window().press('Alt+u');
    const folder = path.join(project, 'exports/snapshots');
    expect(await readdir(folder)).toEqual(['yard_00-00-00.400_10.png']);
    const kept = PNG.sync.read(await readFile(path.join(folder, 'yard_00-00-00.400_10.png')));
    const out = studio.at('frames');
    expect(await cuepoint(studio.env, 'frame', studio.at('yard.mp4'), '--index', '10', '--out', out)).toMatchObject({
      code: 0,
    });
    const [one] = await readdir(out);
    const filmed = PNG.sync.read(await readFile(path.join(out, one!)));
    expect([kept.width, kept.height]).toEqual([320, 240]);
    expect(kept.data.equals(filmed.data)).toBe(true);
  });

  test('and copied', async () => {
    await journey().chromium.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await window().press('Alt+Shift+X');
    await window().seesNotice(/Frame 10 copied as a picture/);
    const size = await page().evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const { width, height } = await createImageBitmap(await item!.getType('image/png'));
      return [width, height];
    });
    expect(size).toEqual([320, 240]);
  });
});
