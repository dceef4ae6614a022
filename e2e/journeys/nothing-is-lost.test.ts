// Whatever is typed counts, however fast it comes, and whether or not the studio can be reached at the time.
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

  test('without a connection edits wait and are counted, marks stay, and all arrives once it is back', async () => {
    const { page } = journey();
    const status = page.getByRole('status');
    await window().press('Escape', 'Escape');
    await window().goToFrame(1300);
    journey().requestsMayFail = true;
    await page.context().setOffline(true);
    await window().press('i', 'Shift+ArrowRight', 'o', 'Enter');
    await status.getByText('1 change waits for the connection').waitFor();
    await window().press('2', 'Shift+ArrowRight', 'i', 'ArrowRight', 'o');
    await page.getByRole('button', { name: /^Make segment/ }).waitFor();
    expect(await segmentsOf('first class').count(), 'nothing is shown as stored that is not').toBe(30);
    // Leaving now would lose it: the browser asks first, and whoever stays loses nothing.
    const question = page.waitForEvent('dialog');
    await page.evaluate(() => setTimeout(() => globalThis.location.reload()));
    const asked = await question;
    expect(asked.type()).toBe('beforeunload');
    await asked.dismiss();
    await page.context().setOffline(false);
    await expect.poll(() => segmentsOf('second class').count()).toBe(31);
    await window().savedAll();
    journey().requestsMayFail = false;
    await page.getByRole('button', { name: /^Make segment/ }).click();
    await expect.poll(() => segmentsOf('first class').count()).toBe(31);
    expect(await segmentsOf('second class').count()).toBe(31);
    expect(await window().acceptedSegments.allTextContents()).toContain(
      'second class, 52 s to 53.04 s, accepted, drawn by hand',
    );
  });
});
