// A folder of frames is a video: every picture in its place, at the rate or the times that the folder names.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checksumOf } from './checksum.ts';
import { openFrameSource } from './frame-source.ts';
import { jpegOf } from './jpeg-encoder.ts';
import { makeProxy } from './make-proxy.ts';
import { probeVideo } from './probe-video.ts';
import type { ProbeOptions } from './probe-video.ts';
import { english } from '#preload/domain/saying.ts';

const greys = [20, 60, 100, 140, 180, 220];

/** Six pictures, each of one grey, brighter from one to the next. */
async function folderOfFrames(nameOf: (index: number) => string): Promise<string> {
  const folder = path.join(temporaryFolder(), 'run 100%');
  mkdirSync(folder);
  for (const [index, grey] of greys.entries()) {
    const rgb = new Uint8Array(64 * 48 * 3).fill(grey);
    writeFileSync(path.join(folder, nameOf(index)), await jpegOf({ rgb, width: 64, height: 48 }));
  }
  return folder;
}

const padded = (index: number): string => `img_${String(index + 8).padStart(5, '0')}.jpg`;

async function greysOf(file: string, indices: readonly number[]): Promise<number[]> {
  const { frameTable } = await probeVideo(file);
  await using source = await openFrameSource(file, frameTable);
  const seen: number[] = [];
  for await (using frame of source.framesAtIndices(indices)) seen.push(Math.round(frame.rgb[0]! / 20) * 20);
  return seen;
}

describe('a folder of frames', () => {
  test.each([
    ['padded numbers', padded],
    ['plain numbers', (index: number) => `${index + 8}.jpg`],
  ])('%s: every frame in its place, at 25 fps, which is told', async (_, nameOf) => {
    const folder = await folderOfFrames(nameOf);
    const probe = await probeVideo(folder);
    expect([...probe.frameTable.startsUs()]).toEqual(greys.map((_grey, index) => index * 40_000));
    expect(probe.times).toBe('counted');
    expect(probe.warnings.map(english).join()).toMatch(/counted, not stored: 25 fps/);
    expect(await greysOf(folder, [5, 0, 3, 1, 4, 2])).toEqual([220, 20, 140, 60, 180, 100]);
  });

  test('its pattern means the same', async () => {
    const folder = await folderOfFrames(padded);
    expect(await greysOf(path.join(folder, 'img_%05d.jpg'), [0, 1, 2, 3, 4, 5])).toEqual(greys);
  });

  test.skipIf(process.platform === 'win32')('what has no end among its pictures is none', async () => {
    const folder = await folderOfFrames(padded);
    symlinkSync('/dev/zero', path.join(folder, padded(greys.length)));
    execFileSync('mkfifo', [path.join(folder, padded(greys.length + 1)), path.join(folder, 'fps.txt')]);
    expect((await probeVideo(folder)).frameTable.frameCount).toBe(greys.length);
    expect(await checksumOf(folder)).toMatch(/^[0-9a-f]{64}$/u);
  });

  test('a rate, in the folder or asked for, holds', async () => {
    const folder = await folderOfFrames(padded);
    writeFileSync(path.join(folder, 'fps.txt'), '12.5\n');
    expect((await probeVideo(folder)).averageFps).toBeCloseTo(12.5, 3);
    expect((await probeVideo(folder, { fps: 50 })).averageFps).toBeCloseTo(50, 3);
    expect(await greysOf(folder, [4, 1])).toEqual([180, 60]);
  });

  test('times of each frame hold, and a proxy has them too', async () => {
    const folder = await folderOfFrames(padded);
    writeFileSync(path.join(folder, 'times.txt'), '0\n0.1\n0.5\n0.6\n2\n2.25\n');
    const { frameTable } = await probeVideo(folder);
    expect([...frameTable.startsUs()]).toEqual([0, 100_000, 500_000, 600_000, 2_000_000, 2_250_000]);
    expect(await greysOf(folder, [4, 2, 5])).toEqual([180, 100, 220]);
    const proxy = path.join(temporaryFolder(), 'proxy.mp4');
    await makeProxy(folder, frameTable, proxy);
    expect((await probeVideo(proxy)).frameTable.startsUs()).toEqual(frameTable.startsUs());
    expect(await greysOf(proxy, [4, 2, 5])).toEqual([180, 100, 220]);
  });

  test('is known by the content of all its frames', async () => {
    const [one, same] = [await folderOfFrames(padded), await folderOfFrames((index) => `${index}.jpg`)];
    expect(await checksumOf(one)).toBe(await checksumOf(same));
    copyFileSync(path.join(one, padded(0)), path.join(one, padded(5)));
    expect(await checksumOf(one)).not.toBe(await checksumOf(same));
  });

  test('with a gap, with wrong times or without frames is refused in words', async () => {
    const folder = await folderOfFrames(padded);
    writeFileSync(path.join(folder, 'times.txt'), '0 1 2');
    await expect(probeVideo(folder)).rejects.toMatchObject({ code: 'unreadable-video', message: /must hold 6 rising/ });
    rmSync(path.join(folder, padded(2)));
    const refusal = {
      code: 'unreadable-video',
      message: expect.stringContaining('after img_00009.jpg comes img_00011'),
    };
    await expect(probeVideo(folder)).rejects.toMatchObject(refusal);
    await expect(probeVideo(temporaryFolder())).rejects.toMatchObject({ code: 'bad-input' });
  });

  test.each([1, 3])('picture %i, broken, is told as missing and moves no other', async (broken) => {
    const folder = await folderOfFrames(padded);
    writeFileSync(path.join(folder, padded(broken - 1)), 'no picture at all');
    const left = [0, 1, 2, 3, 4, 5].filter((number) => number !== broken - 1);
    const shows = async (timesUs: readonly number[], options: ProbeOptions): Promise<void> => {
      const { frameTable, warnings } = await probeVideo(folder, options);
      expect([...frameTable.startsUs()]).toEqual(left.map((number) => timesUs[number]));
      expect(warnings.map(english).join('\n')).toContain(
        `1 picture cannot be decoded and is missing: ${padded(broken - 1)}.`,
      );
      expect(warnings.map(english).join()).not.toMatch(/needs earlier ones|damaged packet/);
      await using source = await openFrameSource(folder, frameTable);
      const seen: number[] = [];
      for await (using frame of source.framesAtIndices([4, 0, 3, 1, 2])) seen.push(Math.round(frame.rgb[0]! / 20) * 20);
      expect(seen).toEqual([4, 0, 3, 1, 2].map((index) => greys[left[index]!]));
    };
    await shows([0, 40_000, 80_000, 120_000, 160_000, 200_000], {});
    await shows([0, 20_000, 40_000, 60_000, 80_000, 100_000], { fps: 50 });
    writeFileSync(path.join(folder, 'times.txt'), '0\n0.1\n0.5\n0.6\n2\n2.25\n');
    await shows([0, 100_000, 500_000, 600_000, 2_000_000, 2_250_000], {});
  });

  test('an empty picture is refused by name', async () => {
    const folder = await folderOfFrames(padded);
    writeFileSync(path.join(folder, padded(2)), '');
    const refusal = { code: 'unreadable-video', message: expect.stringContaining(`${padded(2)} is empty`) };
    await expect(probeVideo(folder)).rejects.toMatchObject(refusal);
  });

  test('pictures of several sizes make a video of one size, each in its place', async () => {
    const folder = await folderOfFrames(padded);
    for (const number of [2, 3]) {
      const rgb = new Uint8Array(96 * 64 * 3).fill(greys[number]!);
      writeFileSync(path.join(folder, padded(number)), await jpegOf({ rgb, width: 96, height: 64 }));
    }
    const { frameTable, width, height, warnings } = await probeVideo(folder);
    expect([width, height, frameTable.frameCount]).toEqual([64, 48, 6]);
    expect(warnings.map(english).join('\n')).toContain(
      `2 of 6 pictures are of another size than the first, 64x48, and are stretched to it: ${padded(2)}, ${padded(3)}.`,
    );
    await using source = await openFrameSource(folder, frameTable);
    for await (using frame of source.framesAtIndices([5, 2, 0, 3, 1, 4])) {
      expect([frame.width, frame.height, frame.exact]).toEqual([64, 48, true]);
      const middle = (24 * 64 + 32) * 3;
      expect(Math.round(frame.rgb[middle]! / 20) * 20).toBe(greys[frame.index]);
    }
  });
});
