// An AVI file whose index is spoilt shows every picture in its place, and says that it has no use for the index.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { aviIndexContradicts } from './avi-index.ts';
import { openFrameSource } from './frame-source.ts';
import { probeVideo } from './probe-video.ts';
import { english } from '#preload/domain/saying.ts';

const fixture = (name: string): string => path.join(import.meta.dirname, 'fixtures', name);

/** A copy of which the index is changed; `spoil` gets its bytes, 16 for each packet. */
function spoilt(name: string, spoil: (entries: Buffer) => void): string {
  const bytes = readFileSync(fixture(name));
  const at = bytes.lastIndexOf('idx1');
  spoil(bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4)));
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, bytes);
  return file;
}

const zeroed =
  (from: number, to?: number) =>
  (entries: Buffer): void =>
    void entries.fill(0, from * 16, to === undefined ? undefined : to * 16);

const shifted = (entries: Buffer): void => {
  for (let at = 8; at < entries.length; at += 16) entries.writeUInt32LE(entries.readUInt32LE(at) + 2, at);
};

async function picturesOf(file: string, order: 'forwards' | 'backwards'): Promise<Buffer[]> {
  const { frameTable } = await probeVideo(file);
  await using source = await openFrameSource(file, frameTable);
  const indices = Array.from({ length: frameTable.frameCount }, (_, index) => index);
  const pictures: Buffer[] = [];
  for await (using frame of source.framesAtIndices(order === 'forwards' ? indices : indices.reverse())) {
    expect(frame.exact).toBe(true);
    pictures.push(Buffer.from(frame.rgb));
  }
  return order === 'forwards' ? pictures : pictures.reverse();
}

describe.each(['bframes.avi', 'packed-bframes.avi', 'palette.avi'])('%s', (name) => {
  test('keeps its index where that is sound', async () => {
    expect(await aviIndexContradicts(fixture(name))).toBe(false);
    expect((await probeVideo(fixture(name))).warnings.map(english).join()).not.toMatch(/index/);
  });

  test.each([
    ['zero at the start', zeroed(0, 6)],
    ['zero in the middle', zeroed(3, 6)],
    ['zero at the end', zeroed(1)],
    ['of another file', shifted],
  ])('%s', async (_, spoil) => {
    const file = spoilt(name, spoil);
    const [sound, probe] = [await probeVideo(fixture(name)), await probeVideo(file)];
    expect(probe.frameTable.toArray()).toEqual(sound.frameTable.toArray());
    expect(probe.warnings.map(english).join()).toMatch(/index of the file does not fit.*ffmpeg -seekable 0/);
    const pictures = await picturesOf(fixture(name), 'forwards');
    for (const order of ['forwards', 'backwards'] as const) {
      const seen = await picturesOf(file, order);
      expect(seen.map((picture, index) => picture.equals(pictures[index]!))).toEqual(pictures.map(() => true));
    }
  });
});

test('no other file has such an index', async () => {
  expect(await aviIndexContradicts(fixture('joined.mpegts'))).toBe(false);
});
