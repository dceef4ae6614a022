// Protects what dark footage looks like: black and white stay where they are under gamma, and nothing alters by itself.
import { expect, it } from 'vitest';
import { isPlain, lighter, plainLook, transferOf, type PictureLook } from './picture-look.ts';

const shown = (look: PictureLook, value: number): number => {
  const { amplitude, exponent, offset } = transferOf(look);
  return amplitude * value ** exponent + offset;
};

it('shows every value as it is until somebody alters it', () => {
  for (const value of [0, 0.1, 0.5, 1]) expect(shown(plainLook, value)).toBe(value);
  expect(isPlain(plainLook)).toBe(true);
});

it('lifts shadows by gamma and keeps black and white', () => {
  const look = { ...plainLook, gamma: 2 };
  expect(shown(look, 0)).toBe(0);
  expect(shown(look, 1)).toBe(1);
  expect(shown(look, 0.04)).toBeCloseTo(0.2);
  expect(isPlain(look)).toBe(false);
});

it('turns contrast about the middle, and brightness from black', () => {
  expect(shown({ ...plainLook, contrast: 2 }, 0.5)).toBe(0.5);
  expect(shown({ ...plainLook, contrast: 2 }, 0.75)).toBe(1);
  expect(shown({ ...plainLook, brightness: 2 }, 0)).toBe(0);
  expect(shown({ ...plainLook, brightness: 2 }, 0.25)).toBe(0.5);
});

it('goes lighter and back in steps, and stops at its ends', () => {
  expect(lighter(lighter(plainLook, 1), -1)).toEqual(plainLook);
  let look = plainLook;
  for (let press = 0; press < 30; press += 1) look = lighter(look, 1);
  expect(look.gamma).toBe(4);
  for (let press = 0; press < 60; press += 1) look = lighter(look, -1);
  expect(look.gamma).toBe(0.25);
});
