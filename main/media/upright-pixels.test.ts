// Pictures are turned and mirrored as a player turns them, and their display matrices are read that way round.
import { expect, test } from 'vitest';
import { displaySize, orientationOfMatrix, squarePixelSize } from './display-geometry.ts';
import { turnUpright } from './upright-pixels.ts';

/** A picture of grey pixels named by digits, row by row. */
const picture = (rows: readonly string[]): Uint8Array =>
  Uint8Array.from([...rows.join('')].flatMap((digit) => [digit, digit, digit].map(Number)));
const rowsOf = (pixels: Uint8Array, width: number): string[] =>
  Array.from({ length: pixels.length / 3 / width }, (_, row) =>
    Array.from({ length: width }, (__, column) => pixels[(row * width + column) * 3]).join(''),
  );

test.each([
  [0, false, ['123', '456']],
  [1, false, ['41', '52', '63']],
  [2, false, ['654', '321']],
  [3, false, ['36', '25', '14']],
  [0, true, ['321', '654']],
  [1, true, ['63', '52', '41']],
])('%d clockwise quarter turns, mirrored %s', (quarterTurns, mirrored, expected) => {
  const target = new Uint8Array(18);
  turnUpright(picture(['123', '456']), 3, 2, { quarterTurns, mirrored }, target);
  expect(rowsOf(target, expected[0]!.length)).toEqual(expected);
});

const matrix = (a: number, b: number, c: number, d: number): Uint8Array => {
  const bytes = Buffer.alloc(36);
  [a, b, 0, c, d, 0].forEach((value, cell) => bytes.writeInt32LE(value << 16, cell * 4));
  return bytes;
};

test.each([
  ['upright', matrix(1, 0, 0, 1), { rotation: 0, quarterTurns: 0, mirrored: false }],
  ['a quarter turn clockwise', matrix(0, 1, -1, 0), { rotation: -90, quarterTurns: 1, mirrored: false }],
  ['upside down', matrix(-1, 0, 0, -1), { rotation: 180, quarterTurns: 2, mirrored: false }],
  ['a quarter turn back', matrix(0, -1, 1, 0), { rotation: 90, quarterTurns: 3, mirrored: false }],
  ['mirrored', matrix(-1, 0, 0, 1), { rotation: 0, quarterTurns: 0, mirrored: true }],
  ['flipped upside down', matrix(1, 0, 0, -1), { rotation: 180, quarterTurns: 2, mirrored: true }],
])('matrix: %s', (_, bytes, expected) => {
  expect(orientationOfMatrix(bytes)).toEqual(expected);
});

test('square pixels: the short side grows, then the picture turns', () => {
  expect(squarePixelSize(340, 256, [64, 51])).toEqual([427, 256]);
  expect(squarePixelSize(854, 480, [1280, 1281])).toEqual([854, 480]);
  expect(squarePixelSize(640, 360, [1, 2])).toEqual([640, 720]);
  expect(displaySize(640, 360, [2, 1], { quarterTurns: 1 })).toEqual([360, 1280]);
});
