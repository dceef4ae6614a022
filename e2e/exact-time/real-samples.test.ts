// On real files, too, the decoder's frame n and the player's frame n are one picture, in place, size and colour.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFrameSource } from '#main/media/frame-source.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import { hasChromium } from '../chromium.ts';
import { sharedSample, sharedSamples } from '../shared-samples.ts';
import { startChromiumPlayer } from './chromium-player.ts';
import type { ChromiumPlayer, ShownFrame } from './chromium-player.ts';

const fixtures = path.resolve(import.meta.dirname, '../../main/media/fixtures');
const films = path.resolve(import.meta.dirname, '../../resources/sample/films');
const ownFiles = [
  ...['two-streams.mp4', 'hidden.webm'].map((name) => path.join(fixtures, name)),
  path.join(films, 'film-21-0002.mp4'),
];
/** Only those that a browser plays by itself. */
const sampleFiles = sharedSamples ? await playable(['action', 'odd', 'thumos14'].flatMap(videosIn)) : [];

function videosIn(folder: string): string[] {
  return readdirSync(sharedSample('video', folder))
    .filter((name) => /\.(mp4|mov|mkv)$/.test(name))
    .map((name) => sharedSample('video', folder, name));
}

async function playable(files: readonly string[]): Promise<string[]> {
  const probes = await Promise.all(files.map(async (file) => ({ file, probe: await probeVideo(file) })));
  return probes.filter(({ probe }) => probe.browserPlayable).map(({ file }) => file);
}

describe.skipIf(!hasChromium)('decoder and player agree', () => {
  let player: ChromiumPlayer;
  beforeAll(async () => {
    player = await startChromiumPlayer();
  });
  afterAll(() => player[Symbol.asyncDispose]());

  test.each([...ownFiles, ...sampleFiles])('%s', async (file) => {
    const { frameTable: table, width, height, browserPlayable } = await probeVideo(file);
    expect(browserPlayable).toBe(true);
    const video = await player.open(file);
    expect([video.width, video.height]).toEqual([width, height]);
    await using source = await openFrameSource(file, table);

    const chosen = [0.02, 0.5, 0.999].map((share) => Math.floor(share * table.frameCount));
    for (const index of new Set(chosen)) {
      const shown = await video.frameAt(table.middleUs(index));
      expect(Math.abs(shown.mediaTimeUs - table.startUs(index))).toBeLessThanOrEqual(1);
      const around = [index - 1, index, index + 1].filter((at) => at >= 0 && at < table.frameCount);
      const differences = new Map<number, number>();
      for await (const lent of source.framesAtIndices(around)) {
        using frame = lent;
        expect([frame.width, frame.height]).toEqual([shown.width, shown.height]);
        differences.set(frame.index, difference(frame.rgb, shown));
      }
      expect(differences.get(index)).toBeLessThan(5);
      // Where nothing moves, neighbours may come as close.
      for (const other of differences.values()) expect(differences.get(index)).toBeLessThanOrEqual(other + 0.05);
    }
  });
});

/** Mean absolute difference over all channels, in steps of 0 to 255. */
function difference(rgb: Uint8Array, { rgba, width, height }: ShownFrame): number {
  let sum = 0;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1)
      sum += Math.abs(rgb[pixel * 3 + channel]! - rgba[pixel * 4 + channel]!);
  }
  return sum / (width * height * 3);
}
