// The judge itself: it sees a wrong order, a lost and a doubled picture, and forgives what readers may do differently.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedPicture } from '#e2e/clips/numbered-clip.ts';
import { alignPictures } from './align-pictures.ts';
import { signatureDistance, signatureOf, type PictureSignature } from './picture-signature.ts';

const film: readonly PictureSignature[] = Array.from({ length: 40 }, (_, number) =>
  signatureOf(numberedPicture(number, 96, 64), 96, 64),
);

describe('pictures laid against a reference', () => {
  it('finds nothing wrong in the same film', () => {
    expect(alignPictures(film, film)).toMatchObject({ wrong: [], lost: 0, surplus: 0 });
  });

  it('finds two pictures that changed places, wherever they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: film.length - 2 }), (at) => {
        const swapped = film.with(at, film[at + 1]!).with(at + 1, film[at]!);
        expect(alignPictures(swapped, film).wrong).toEqual([at, at + 1]);
      }),
    );
  });

  it('finds a picture that stands in for its neighbour', () => {
    expect(alignPictures(film.with(7, film[6]!), film).wrong).toEqual([7]);
  });

  it('finds a grey picture', () => {
    expect(alignPictures(film.with(39, new Float32Array(1024)), film).wrong).toEqual([39]);
  });

  it('finds wrong pictures in an almost black film, and forgives how readers round there', () => {
    // From 4 to 20 of 255, as a film that fades in.
    const darkFilm = (rounding: (at: number) => number) =>
      Array.from({ length: 40 }, (_, number) => {
        const dark = numberedPicture(number, 96, 64).map((value, at) => 4 + Math.floor(value / 16) + rounding(at));
        return signatureOf(dark, 96, 64);
      });
    const reference = darkFilm(() => 0);
    expect(
      alignPictures(
        darkFilm((at) => (at * 7919) % 2),
        reference,
      ).wrong,
    ).toEqual([]);
    const swapped = reference.with(12, reference[13]!).with(13, reference[12]!);
    expect(alignPictures(swapped, reference).wrong).toEqual([12, 13]);
    expect(alignPictures(reference.with(20, new Float32Array(1024)), reference).wrong).toEqual([20]);
  });

  it('counts a run of lost pictures wherever it was, and blames no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 9 }), (at, length) => {
        const { wrong, lost } = alignPictures([...film.slice(0, at), ...film.slice(at + length)], film);
        expect(lost).toBe(length);
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('counts pictures that only ours has', () => {
    const doubled = [...film.slice(0, 20), film[19]!, ...film.slice(20)];
    expect(alignPictures(doubled, film)).toMatchObject({ lost: 0, surplus: 1 });
  });
});

describe('signatures', () => {
  it('do not depend on range, contrast or size', () => {
    const small = signatureOf(numberedPicture(5, 96, 64), 96, 64);
    const paler = signatureOf(
      numberedPicture(5, 192, 128).map((value) => 40 + value / 2),
      192,
      128,
    );
    expect(signatureDistance(small, paler)).toBeLessThan(0.1);
    expect(signatureDistance(small, film[6]!)).toBeGreaterThan(0.4);
  });

  it('of RGBA and RGB are the same', () => {
    const rgb = numberedPicture(9, 64, 64);
    const rgba = Uint8Array.from({ length: 64 * 64 * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : rgb[Math.floor(at / 4) * 3 + (at % 4)]!,
    );
    expect(signatureOf(rgba, 64, 64, 4)).toEqual(signatureOf(rgb, 64, 64));
  });
});
