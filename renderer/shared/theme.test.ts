// Class colours can be told from the ground in both themes, and text on every fill can be read.
import { describe, expect, test } from 'vitest';
import { classColours } from '#preload/domain/action-class.ts';
import { classInk, contrast, luminance, studioTheme, textOn } from './theme.ts';

describe.each(['dark', 'light'] as const)('in the %s theme', (mode) => {
  const { palette } = studioTheme(mode);

  test.each([...classColours])('%s stands out at 3 : 1', (colour) =>
    expect(contrast(classInk(colour, palette.surface.panel), palette.surface.panel)).toBeGreaterThanOrEqual(3),
  );

  test('text and secondary text can be read on every surface', () => {
    for (const ground of [palette.surface.base, palette.surface.panel, palette.surface.raised]) {
      expect(contrast(palette.text.primary, ground)).toBeGreaterThanOrEqual(7);
      expect(contrast(palette.text.secondary, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette.primary.main, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('words of warning and failure can be read', () => {
    for (const colour of [palette.warning.main, palette.error.main, palette.success.main]) {
      expect(contrast(colour, palette.surface.panel)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test('text on a class colour reads at 4.5 : 1', () => {
  for (const colour of classColours) expect(contrast(colour, textOn(colour))).toBeGreaterThanOrEqual(4.5);
});

test('luminance as WCAG gives it', () => {
  expect(luminance('#000000')).toBe(0);
  expect(luminance('#ffffff')).toBeCloseTo(1, 10);
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  expect(luminance('#ff0000')).toBeCloseTo(0.2126, 4);
});
