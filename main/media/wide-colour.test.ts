// Whatever a stream says of its colours, in whatever combination, its pictures can be converted.
import { Frame } from 'node-av/lib';
import { AV_PIX_FMT_YUV420P10LE } from 'node-av/constants';
import type { AVColorPrimaries, AVColorSpace, AVColorTransferCharacteristic } from 'node-av/constants';
import { expect, test } from 'vitest';
import { isGuessed } from './colour-interpretation.ts';
import { silenceFfmpeg } from './ffmpeg.ts';
import { WideColour, isWideColour } from './wide-colour.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('every combination of matrix, transfer and primaries ends as a picture', () => {
  silenceFfmpeg();
  let converted = 0;
  for (const primaries of [0, 1, 2, 3, 4, 9, 10, 12, 22]) {
    for (const transfer of upTo(19)) {
      for (const matrix of upTo(18)) {
        using frame = new Frame();
        frame.alloc();
        frame.width = 16;
        frame.height = 8;
        frame.format = AV_PIX_FMT_YUV420P10LE;
        frame.getBuffer(64);
        frame.colorPrimaries = primaries as AVColorPrimaries;
        frame.colorTrc = transfer as AVColorTransferCharacteristic;
        frame.colorSpace = matrix as AVColorSpace;
        if (!isWideColour(frame)) continue;
        using colour = new WideColour();
        expect(() => colour.convert(frame), `${matrix} ${transfer} ${primaries}`).not.toThrow();
        converted += 1;
      }
    }
  }
  expect(converted).toBeGreaterThan(1000);
});

test('a guess is told where tags mean nothing, alone or together', () => {
  const guessed = ([matrix, transfer, primaries]: readonly number[]): boolean =>
    isGuessed({ matrix, transfer, primaries } as Parameters<typeof isGuessed>[0]);
  // BT.601, BT.709, nothing said, constant luminance, ICtCp with PQ, BT.2020 with HLG.
  for (const tags of [
    [6, 6, 6],
    [1, 1, 1],
    [2, 2, 2],
    [10, 14, 9],
    [14, 16, 9],
    [9, 18, 9],
  ])
    expect(guessed(tags)).toBe(false);
  // SMPTE 2085; constant luminance of high dynamic range; ICtCp of ordinary range.
  for (const tags of [
    [11, 1, 9],
    [10, 16, 9],
    [14, 1, 9],
  ])
    expect(guessed(tags)).toBe(true);
});
