// Protects looking closely: what is under the pointer stays there, and no view ever leaves the picture.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centredOn, largestScale, pannedBy, wholePicture, zoomedAt, type PictureZoom } from './picture-zoom.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const point = fc.record({ x: share, y: share });
const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
const view: fc.Arbitrary<PictureZoom> = fc
  .tuple(point, factor, point)
  .map(([at, by, to]) => centredOn(zoomedAt(wholePicture, at, by), to));

/** The place of the picture that is seen at a place of the stage. */
const seenAt = ({ scale, x, y }: PictureZoom, at: { readonly x: number; readonly y: number }) => ({
  x: x + (at.x - 0.5) / scale,
  y: y + (at.y - 0.5) / scale,
});

const isInside = (zoom: PictureZoom) => {
  expect(zoom.scale).toBeGreaterThanOrEqual(1);
  expect(zoom.scale).toBeLessThanOrEqual(largestScale);
  for (const corner of [seenAt(zoom, { x: 0, y: 0 }), seenAt(zoom, { x: 1, y: 1 })]) {
    for (const value of [corner.x, corner.y]) {
      expect(value).toBeGreaterThan(-1e-9);
      expect(value).toBeLessThan(1 + 1e-9);
    }
  }
};

describe('zooming', () => {
  it('keeps what is under the pointer when it goes closer', () => {
    fc.assert(
      fc.property(view, point, fc.double({ min: 1, max: 4, noNaN: true }), (zoom, at, by) => {
        const before = seenAt(zoom, at);
        const after = seenAt(zoomedAt(zoom, at, by), at);
        expect(after.x).toBeCloseTo(before.x, 9);
        expect(after.y).toBeCloseTo(before.y, 9);
      }),
    );
  });

  it('shows nothing beside the picture, wherever it is zoomed, moved or centred', () => {
    fc.assert(
      fc.property(view, point, factor, point, (zoom, at, by, move) => {
        isInside(zoomedAt(zoom, at, by));
        isInside(pannedBy(zoom, { x: move.x * 4 - 2, y: move.y * 4 - 2 }));
        isInside(centredOn(zoom, move));
      }),
    );
  });

  it('out all the way is the whole picture', () => {
    fc.assert(
      fc.property(view, point, (zoom, at) => {
        expect(zoomedAt(zoom, at, 1 / largestScale)).toEqual(wholePicture);
      }),
    );
  });

  it('by a step and back is where it was, away from the edges', () => {
    const closer = zoomedAt({ scale: 4, x: 0.5, y: 0.5 }, { x: 0.3, y: 0.6 }, 1.25);
    expect(zoomedAt(closer, { x: 0.3, y: 0.6 }, 0.8).x).toBeCloseTo(0.5, 9);
  });

  it('moves by shares of what is seen', () => {
    const moved = pannedBy({ scale: 4, x: 0.5, y: 0.5 }, { x: 0.5, y: -0.25 });
    expect(moved).toEqual({ scale: 4, x: 0.625, y: 0.4375 });
  });
});
