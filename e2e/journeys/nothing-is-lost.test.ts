// Whatever is typed counts, however fast it comes.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('nothing is lost', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds: 60, classes: ['first class', 'second class'] }),
  }));
  const window = () => journey().window;
  const segmentsOf = (name: string) => window().acceptedSegments.filter({ hasText: name });

  test('60 segments typed at the speed of a machine, every second one given the other class at once', async () => {
    await window().frameNumber();
    for (let pair = 0; pair < 30; pair += 1) {
      await window().press('i', 'ArrowRight', 'o', 'Enter', 'ArrowRight', '1', 'ArrowRight');
      await window().press('i', 'ArrowRight', 'o', 'Enter', '2', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    }
    await expect.poll(() => segmentsOf('first class').count()).toBe(30);
    await expect.poll(() => segmentsOf('second class').count()).toBe(30);
    await window().savedAll();
    const texts = await window().acceptedSegments.allTextContents();
    expect(new Set(texts).size, 'each at a place of its own').toBe(60);
  });
});
