// The number over the picture is the number painted in the picture, frame by frame, whatever the timing of the file.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeNumberedClip } from '../clips/numbered-clip.ts';
import { timeVariants } from '../clips/time-variants.ts';
import { setOut } from '../fixtures/journey.ts';
import { cuepoint } from '../fixtures/command-line.ts';

// Those that a step could get wrong; that Chromium shows every frame of all of them is shown in `exact-time/`.
const variants = [
  '30 fps with B-frames',
  'variable frame rate',
  'start offset',
  'edit list that cuts off the start',
  'reordering that no edit list takes back',
  '90° rotation',
];
const files = Object.fromEntries(
  variants.map((name) => [`${name.replace(/\W+/g, '-')}.mp4`, timeVariants[name]!] as const),
);

describe.runIf(hasChromium)('stepping through frames', () => {
  const journey = setOut(async (studio) => {
    const paths = Object.keys(files).map((name) => studio.at(name));
    for (const name of Object.keys(files)) await writeNumberedClip(studio.at(name), files[name]!.clip);
    const project = studio.at('frames.cuepoint');
    for (const words of [
      ['new', project],
      ['add', project, ...paths],
    ]) {
      expect(await cuepoint(studio.env, ...words)).toMatchObject({ code: 0 });
    }
    return { project };
  });

  test.each(Object.keys(files))('%s', async (name) => {
    const { window } = journey();
    const { shown } = files[name]!;
    const last = shown.length - 1;
    await window.showVideo(name);
    const sees = async (frame: number) =>
      expect(await window.pictureOfFrame(frame), `frame ${frame}`).toBe(shown[frame]);

    await sees(0);
    for (let frame = 1; frame <= 6; frame += 1) {
      await window.press('ArrowRight');
      await sees(frame);
    }
    for (let frame = 5; frame >= 3; frame -= 1) {
      await window.press('ArrowLeft');
      await sees(frame);
    }
    await window.press('End');
    await sees(last);
    await window.press('ArrowLeft');
    await sees(last - 1);
    for (const frame of [29, 3, 41]) {
      await window.goToFrame(frame);
      await sees(frame);
    }
    await window.press('Home');
    await sees(0);
  });

  test('a key held down lands on the frame that it says', async () => {
    const { window, page } = journey();
    await window.showVideo('30-fps-with-B-frames.mp4');
    await window.pictureOfFrame(0);
    for (let step = 0; step < 30; step += 1) await page.keyboard.down('ArrowRight');
    await page.keyboard.up('ArrowRight');
    expect(await window.pictureOfFrame(30)).toBe(30);
  });

  test('pausing stops on a frame that is what it is called', async () => {
    const { window } = journey();
    await window.showVideo('variable-frame-rate.mp4');
    await window.pictureOfFrame(0);
    for (let round = 0; round < 3; round += 1) {
      await window.press('Space');
      await expect.poll(() => window.shownNumber()).toBeGreaterThan(10 * (round + 1));
      await window.press('Space');
      const frame = await window.frameNumber();
      expect(await window.paintedNumber()).toBe(frame);
    }
  });
});
