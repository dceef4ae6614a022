// What Chromium's player shows in the middle of frame n, and the time it gives that frame, is what the frame table says.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeProxy } from '#main/media/make-proxy.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { hasChromium } from '../chromium.ts';
import { readNumber, writeNumberedClip } from '../clips/numbered-clip.ts';
import { timeVariants } from '../clips/time-variants.ts';
import { startChromiumPlayer } from './chromium-player.ts';
import type { ChromiumPlayer, OpenedVideo } from './chromium-player.ts';

if (!hasChromium) console.warn('skipped: no Chromium on this machine');

describe.skipIf(!hasChromium)('Chromium shows the frames of the frame table', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-exact-time-'));
  let player: ChromiumPlayer;
  beforeAll(async () => {
    player = await startChromiumPlayer();
  });
  afterAll(async () => {
    await player[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(Object.entries(timeVariants))('%s', async (name, { clip, shown, startsUs, direct }) => {
    const [file, proxy] = ['', '.proxy'].map((kind) => path.join(folder, `${name.replace(/\W+/g, '-')}${kind}.mp4`));
    await writeNumberedClip(file!, clip);
    const { frameTable, width, height, browserPlayable } = await probeVideo(file!);
    expect([...frameTable.startsUs()]).toEqual(startsUs);
    expect(browserPlayable).toBe(direct);
    await makeProxy(file!, frameTable, proxy!);
    for (const played of direct ? [file!, proxy!] : [proxy!]) {
      const video = await player.open(played);
      expect([video.width, video.height]).toEqual([width, height]);
      const { numbers, timesUs } = await framesShown(video, frameTable);
      expect(numbers).toEqual(shown);
      timesUs.forEach((us, index) => expect(Math.abs(us - startsUs[index]!)).toBeLessThanOrEqual(1));
    }
  });
});

/** What a player shows in the middle of every frame, and the time that it gives that frame. */
async function framesShown(
  video: OpenedVideo,
  table: FrameTable,
): Promise<{ readonly numbers: readonly (number | null)[]; readonly timesUs: readonly number[] }> {
  const numbers: (number | null)[] = [];
  const timesUs: number[] = [];
  for (let index = 0; index < table.frameCount; index += 1) {
    const { rgba, width, height, mediaTimeUs } = await video.frameAt(table.middleUs(index));
    numbers.push(readNumber(rgba, width, height, 4));
    timesUs.push(mediaTimeUs);
  }
  return { numbers, timesUs };
}
