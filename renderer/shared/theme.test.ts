// Class colours can be told from the ground in both themes, and text on every fill can be read.
import { alpha, decomposeColor } from '@mui/material/styles';
import { describe, expect, test } from 'vitest';
import { classColours } from '#preload/domain/action-class.ts';
import { classInk, contrast, luminance, studioTheme, textOn } from './theme.ts';

/** What is seen where `fill`, partly clear, lies on `ground`; both as CSS writes them. */
function over(ground: string, fill: string): string {
  const below = decomposeColor(ground).values;
  const [red, green, blue, opacity = 1] = decomposeColor(fill).values;
  return `#${[red, green, blue]
    .map((value, index) => Math.round(value * opacity + below[index]! * (1 - opacity)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

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

  test('the ring of the focus stands out at 3 : 1 from what it is on, and its halo parts it from what it is around', () => {
    const { ring, halo } = palette.focus;
    const { base, panel, raised, line, stage } = palette.surface;
    for (const ground of [base, panel, raised, line, stage, palette.background.paper, halo])
      expect(contrast(ring, ground)).toBeGreaterThanOrEqual(3);
  });

  test('a ring inside a row stands out from whatever the row is filled with', () => {
    const { panel, raised, base } = palette.surface;
    const { selected, hover } = palette.action;
    const fills = [base, panel, raised].flatMap((ground) => [over(ground, selected), over(ground, hover)]);
    const menu = over(palette.background.paper, alpha(palette.primary.main, palette.action.selectedOpacity));
    for (const fill of [...fills, menu]) expect(contrast(palette.focus.ring, fill)).toBeGreaterThanOrEqual(3);
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

test('a compact window has less room and lower rows, letters as large as ever', () => {
  const [roomy, compact] = [studioTheme('dark'), studioTheme('dark', { compact: true })];
  expect(compact.spacing(1)).not.toBe(roomy.spacing(1));
  expect(compact.rows).toBeLessThan(roomy.rows);
  expect(compact.typography.fontSize).toBe(roomy.typography.fontSize);
  expect(compact.components?.MuiDialog).toEqual(roomy.components?.MuiDialog);
});
