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

  test.each(Object.entries(timeVariants))('%s', async (name, { clip, shown, startsUs }) => {
    const file = path.join(folder, `${name.replace(/\W+/g, '-')}.mp4`);
    await writeNumberedClip(file, clip);
    const { frameTable, width, height, browserPlayable } = await probeVideo(file);
    const video = await player.open(file);

    const seen: (number | null)[] = [];
    const times: number[] = [];
    for (let index = 0; index < frameTable.frameCount; index += 1) {
      const frame = await video.frameAt(frameTable.middleUs(index));
      seen.push(readNumber(frame.rgba, frame.width, frame.height, 4));
      times.push(frame.mediaTimeUs);
    }

    expect(browserPlayable).toBe(true);
    expect([video.width, video.height]).toEqual([width, height]);
    expect(seen).toEqual(shown);
    expect([...frameTable.startsUs()]).toEqual(startsUs);
    times.forEach((time, index) => expect(Math.abs(time - startsUs[index]!)).toBeLessThanOrEqual(1));
  });

  test('an MP4 that Chromium cannot seek exactly is not given to it, but a proxy that it can', async () => {
    const [file, proxy] = ['no-edit-list.mp4', 'proxy.mp4'].map((name) => path.join(folder, name)) as [string, string];
    const { clip, shown } = timeVariants['30 fps with B-frames']!;
    await writeNumberedClip(file, { ...clip, muxer: { use_editlist: '0' } });
    const { frameTable, browserPlayable } = await probeVideo(file);
    const indices = Array.from(shown.keys());
    // Should Chromium learn it one day, the rule can go.
    expect(await numbersShown(await player.open(file), frameTable, indices.slice(-1))).not.toEqual(shown.slice(-1));
    expect(browserPlayable).toBe(false);

    await makeProxy(file, frameTable, proxy);
    expect(await numbersShown(await player.open(proxy), frameTable, indices)).toEqual(shown);
  });
});

/** The numbers that a player shows in the middles of these frames. */
async function numbersShown(
  video: OpenedVideo,
  table: FrameTable,
  indices: readonly number[],
): Promise<(number | null)[]> {
  const numbers: (number | null)[] = [];
  for (const index of indices) {
    const { rgba, width, height } = await video.frameAt(table.middleUs(index));
    numbers.push(readNumber(rgba, width, height, 4));
  }
  return numbers;
}
