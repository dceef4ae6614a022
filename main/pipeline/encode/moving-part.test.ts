// Protects: a square of a wide or tall picture lies where something moves, and in the middle where nothing tells.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { middle, MovingPart, type DecodedPicture } from './moving-part.ts';

const [long, short] = [64, 36];

/** Grey with noise, and a bright square of 6 pixels at `at` of the long side, if anywhere. */
function picture(seed: number, at: number | null, tall = false, brightness = 80): DecodedPicture {
  const random = seededRandom(seed);
  const [width, height] = tall ? [short, long] : [long, short];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [along, across] = tall ? [y, x] : [x, y];
      const isBright = at !== null && along >= at && along < at + 6 && across >= 10 && across < 16;
      rgb.fill((isBright ? 230 : brightness) + random.below(5), 3 * (y * width + x), 3 * (y * width + x) + 3);
    }
  }
  return { rgb, width, height };
}

function placeOf(...pairs: readonly (readonly [DecodedPicture, DecodedPicture])[]): number {
  const part = new MovingPart();
  for (const [before, after] of pairs) part.add(before, after);
  return part.place;
}

test('what moves is in the square, wherever it is, in wide and in tall pictures', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: long - 10 }), fc.boolean(), fc.integer(), (at, tall, seed) => {
      const place = placeOf([picture(seed, at, tall), picture(seed + 1, at + 4, tall)]);
      const from = Math.round((long - short) * place);
      const changed = [0, 1, 2, 3, 6, 7, 8, 9].map((line) => at + line);
      // The middle may keep it where most is in the middle.
      expect(changed.filter((line) => line >= from && line < from + short).length).toBeGreaterThan(
        place === middle ? 4 : 7,
      );
    }),
  );
});

test('the middle stays where nothing moves, where all does, and where as much moves there', () => {
  expect(placeOf()).toBe(middle);
  expect(placeOf([picture(1, 3), picture(2, 3)])).toBe(middle);
  expect(placeOf([picture(1, null), picture(2, null, false, 160)])).toBe(middle);
  expect(placeOf([picture(1, 15), picture(2, 19)], [picture(3, 50), picture(4, 54)])).toBe(middle);
  const square = { rgb: new Uint8Array(12), width: 2, height: 2 };
  expect(placeOf([square, { ...square, rgb: square.rgb.map(() => 255) }])).toBe(middle);
});
