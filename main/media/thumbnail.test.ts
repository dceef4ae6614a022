// Thumbnails show the frame that was asked for, small; PNGs give every pixel back.
import path from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { writeNumberedClip, readNumber } from '#e2e/clips/numbered-clip.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openFrameSource } from './frame-source.ts';
import { probeVideo } from './probe-video.ts';
import { makeFilmstrip, makeThumbnail } from './thumbnail.ts';
import { pngOf } from './write-png.ts';

async function clip(): Promise<{ readonly file: string; readonly table: FrameTable }> {
  const file = path.join(temporaryFolder(), 'clip.mp4');
  await writeNumberedClip(file, { startsUs: Array.from({ length: 50 }, (_, index) => index * 40_000), bFrames: 2 });
  return { file, table: (await probeVideo(file)).frameTable };
}

/** Size of a JPEG, from its start-of-frame marker (ITU-T T.81, B.2.2). */
function jpegSize(bytes: Uint8Array): readonly [width: number, height: number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (view.getUint16(at) !== 0xffc0) at += 2 + view.getUint16(at + 2);
  return [view.getUint16(at + 7), view.getUint16(at + 5)];
}

test('a thumbnail is a JPEG of the frame on screen, as wide as asked', async () => {
  const { file, table } = await clip();
  const { bytes, mime, index } = await makeThumbnail(file, table, 1_010_000, { width: 96 });
  expect(mime).toBe('image/jpeg');
  expect(index).toBe(25);
  expect(jpegSize(bytes)).toEqual([96, 64]);
  expect(bytes.length).toBeLessThan(6000);
});

test('a filmstrip is spread evenly', async () => {
  const { file, table } = await clip();
  const indices: number[] = [];
  for await (const { index } of makeFilmstrip(file, table, 5, { width: 64 })) indices.push(index);
  expect(indices).toEqual([5, 15, 25, 35, 45]);
});

test('a PNG gives every pixel back', async () => {
  const { file, table } = await clip();
  await using source = await openFrameSource(file, table);
  for await (using frame of source.framesAtIndices([7])) {
    const { data, width, height } = PNG.sync.read(pngOf(frame));
    expect([width, height]).toEqual([192, 128]);
    expect(readNumber(data, width, height, 4)).toBe(7);
    const differing = data.filter((value, at) => at % 4 < 3 && value !== frame.rgb[Math.floor(at / 4) * 3 + (at % 4)]);
    expect(differing.length).toBe(0);
  }
});
