// Labelling while the video runs: each held digit makes its own segment, and so does each pair of toggling presses.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('labelling as it plays', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds: 60, classes: ['first class', 'second class'] }),
  }));
  const window = () => journey().window;
  const keyboard = () => journey().page.keyboard;
  const playedTo = async (frame: number) => {
    await expect.poll(() => window().shownNumber()).toBeGreaterThanOrEqual(frame);
  };
  /** Waits until playback has gone on by that many frames from where it is. */
  const playOn = async (frames: number) => playedTo((await window().shownNumber()) + frames);
  /** Start and end of the class's segments, seconds. */
  const spans = async (name: string) =>
    (await window().segments.filter({ hasText: name }).allTextContents()).map((spoken) =>
      /, ([\d.]+) s to ([\d.]+) s/.exec(spoken)!.slice(1).map(Number),
    );

  test('of two digits held at once, letting one go ends that one alone', async () => {
    await window().frameNumber();
    await keyboard().press('Space');
    await playedTo(5);
    await keyboard().down('1');
    await playOn(10);
    await keyboard().down('2');
    await playOn(10);
    await keyboard().up('1');
    await expect.poll(() => spans('first class')).toHaveLength(1);
    expect(await spans('second class')).toEqual([]);
    await playOn(10);
    await keyboard().up('2');
    await keyboard().press('Space');
    await expect.poll(() => spans('second class')).toHaveLength(1);
    const [[first], [second]] = [await spans('first class'), await spans('second class')];
    expect(second![0]).toBeGreaterThan(first![0]!);
    expect(first![1]).toBeGreaterThan(second![0]!);
    expect(second![1]).toBeGreaterThan(first![1]!);
  });

  test('Shift and a digit begin a segment, the same again ends it, while the hand goes elsewhere', async () => {
    await window().goToFrame(1000);
    await keyboard().press('Shift+Digit1');
    await window().goToFrame(1020);
    await keyboard().press('Shift+Digit2');
    await window().goToFrame(1049);
    await keyboard().press('Shift+Digit1');
    await expect.poll(() => spans('first class')).toContainEqual([40, 42]);
    await window().goToFrame(1099);
    await keyboard().press('Escape');
    await keyboard().press('Shift+Digit1');
    await keyboard().press('Shift+Digit1');
    await expect.poll(() => spans('first class')).toContainEqual([43.96, 44]);
    expect(await spans('second class')).toHaveLength(1);
  });
});
