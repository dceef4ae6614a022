// A video that no browser plays is labelled at once, on exact pictures; when its playable copy comes, the person stays where
// they were.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeNumberedClip } from '../clips/numbered-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';

const frameCount = 200;
/** Chromium seeks files that begin late inexactly, so the studio makes a copy to play. */
const startsUs = Array.from({ length: frameCount }, (_, index) => 700_000 + index * 40_000);

describe.runIf(hasChromium)('before the playable copy is there', () => {
  let inTheWay = '';
  const journey = setOut(async (studio) => {
    const project = studio.at('late.cuepoint');
    await writeNumberedClip(studio.at('late.mp4'), { startsUs, gop: 25, bFrames: 2 });
    expect(await cuepoint(studio.env, 'new', project, '--classes', 'bowing,waving')).toMatchObject({ code: 0 });
    // Where the copy is to be written stands a folder, so that none comes before it is taken away.
    const checksum = createHash('sha256')
      .update(await readFile(studio.at('late.mp4')))
      .digest('hex');
    inTheWay = path.join(project, 'proxies', `${checksum.slice(0, 32)}.mp4`);
    await mkdir(path.join(inTheWay, 'something'), { recursive: true });
    await cuepoint(studio.env, 'add', project, studio.at('late.mp4'));
    return { project };
  });
  const window = () => journey().window;
  const retry = () => window().panel('Player').getByRole('button', { name: 'Try again' });

  test('every step shows the very frame that it names', async () => {
    await window().showVideo('late.mp4');
    await retry().waitFor();
    expect(await journey().page.locator('video').count()).toBe(0);
    await window().press('Home');
    for (let frame = 0; frame < 12; frame += 1) {
      if (frame > 0) await window().press('ArrowRight');
      expect(await window().pictureOfFrame(frame)).toBe(frame);
    }
    for (const frame of [150, 149, 24, frameCount - 1]) {
      await window().goToFrame(frame);
      expect(await window().pictureOfFrame(frame)).toBe(frame);
    }
  });

  test('a segment is marked with I and O, and one is painted with a held digit while the pictures move', async () => {
    const { page } = journey();
    await window().goToFrame(30);
    await window().press('i');
    await window().goToFrame(45);
    await window().press('o', 'Enter');
    await expect.poll(() => window().acceptedSegments.count()).toBe(1);
    await window().press('Escape', 'Escape', 'Home', 'Space');
    await expect.poll(() => window().frameNumber()).toBeGreaterThan(2);
    await page.keyboard.down('2');
    const from = await window().frameNumber();
    await expect.poll(() => window().frameNumber()).toBeGreaterThan(from + 5);
    await page.keyboard.up('2');
    await window().press('k');
    await expect.poll(() => window().acceptedSegments.filter({ hasText: 'waving' }).count()).toBe(1);
    await window().savedAll();
  });

  test('a click on the ruler goes there', async () => {
    const { x, y, width } = (await journey().page.getByTestId('timeline-canvas').boundingBox())!;
    const before = await window().frameNumber();
    await journey().page.mouse.click(x + width * 0.75, y + 4);
    await expect.poll(() => window().frameNumber()).not.toBe(before);
    const frame = await window().frameNumber();
    expect(await window().pictureOfFrame(frame)).toBe(frame);
  });

  test('the copy comes, and the person stays on their frame', async () => {
    const { page } = journey();
    await window().goToFrame(77);
    await rm(inTheWay, { recursive: true });
    await retry().click();
    await page.locator('video').waitFor();
    expect(await window().pictureOfFrame(77)).toBe(77);
    await window().press('ArrowRight');
    expect(await window().pictureOfFrame(78)).toBe(78);
    await expect
      .poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentSrc))
      .toMatch(/media/);
  });

  test('what was stored are boundaries of these frames', async () => {
    const { studio } = journey();
    journey().requestsMayFail = true;
    await studio.killHard();
    const out = studio.at('late.json');
    const answer = await cuepoint(studio.env, 'export', studio.at('late.cuepoint'), '--format', 'coco', '--out', out);
    expect(answer.code, answer.stderr).toBe(0);
    const { annotations } = JSON.parse(await readFile(out, 'utf8')) as {
      readonly annotations: readonly { readonly segment: readonly [number, number] }[];
    };
    const edges = annotations.map(({ segment }) => segment.map((seconds) => Math.round(seconds * 1e6)));
    expect(edges).toContainEqual([startsUs[30], startsUs[46]]);
    for (const edge of edges.flat()) expect(startsUs).toContain(edge);
  });
});
