import { createTheme, type Theme, type ThemeOptions } from '@mui/material/styles';
import { compactComponents, compactRows, compactSpacingPx } from './compact-theme.ts';
import { largeCursors } from './large-cursors.ts';

declare module '@mui/material/styles' {
  interface Palette {
    /** Surfaces from the back of the window to the front: behind panels, panels, raised rows, and hairlines. */
    surface: {
      readonly base: string;
      readonly panel: string;
      readonly raised: string;
      readonly line: string;
      readonly stage: string;
    };
    /** What shows where the focus is: a ring, and the halo between it and what it is around. */
    focus: { readonly ring: string; readonly halo: string };
  }
  interface PaletteOptions {
    surface?: Palette['surface'];
    focus?: Palette['focus'];
  }
  interface Theme extends StudioLook {
    /** How high rows of lists are, in parts of what they are where there is room. */
    rows: number;
  }
  interface ThemeOptions extends Partial<StudioLook> {
    rows?: number;
  }
}

/** What a person asks of the look, beside its colours and density. */
interface StudioLook {
  /** Nothing moves by itself but the video that is played. */
  readonly still: boolean;
  /** Pointers and the playhead of the timeline are large. */
  readonly large: boolean;
}

const font = '"Inter Variable", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
/** For times and frame numbers: digits of one width. */
export const digitsFont =
  '"JetBrains Mono", "SF Mono", "Cascadia Code", ui-monospace, "DejaVu Sans Mono", Menlo, monospace';

/** Of what hangs on the resting mouse: out of sight while the keyboard works. */
export const whileMouseWorks = { '[data-at-keys] &': { visibility: 'hidden' } } as const;

/** The look of the studio. Dark is made for hours of looking at video: neutral greys, one accent, nothing that glows. */
export function studioTheme(
  mode: 'dark' | 'light',
  { still = false, large = false, compact = false }: Partial<StudioLook> & { readonly compact?: boolean } = {},
  ...componentWords: readonly object[]
): Theme {
  const dark = mode === 'dark';
  const surface = dark
    ? { base: '#101214', panel: '#17191d', raised: '#20242a', line: '#2c3138', stage: '#08090a' }
    : { base: '#e9ebee', panel: '#f8f9fa', raised: '#ffffff', line: '#d3d8de', stage: '#1b1d20' };
  const accent = dark ? '#7cb8ff' : '#0b5cad';
  // A ring of its own blue, since one that stands out on both the panels and the dark stage is too light for text.
  const focus = dark ? { ring: '#7cb8ff', halo: surface.base } : { ring: '#1869c6', halo: '#ffffff' };
  const outline = `2px solid ${focus.ring}`;
  // The halo parts the ring from what it is around, whatever colour that has.
  const ring = { outline, outlineOffset: 2, boxShadow: `0 0 0 2px ${focus.halo}` };
  /** For what would cut off a ring around it. */
  const ringWithin = { outline, outlineOffset: -2, boxShadow: 'none' };
  const look: ThemeOptions = {
    still,
    large,
    rows: compact ? compactRows : 1,
    palette: {
      mode,
      surface,
      focus,
      primary: { main: accent, contrastText: dark ? '#06121f' : '#ffffff' },
      background: { default: surface.base, paper: dark ? '#1c1f24' : '#ffffff' },
      text: dark
        ? { primary: '#eceff2', secondary: '#a8b0ba', disabled: '#737c87' }
        : { primary: '#14181d', secondary: '#4b5560', disabled: '#7c8691' },
      divider: surface.line,
      success: { main: dark ? '#5cc98a' : '#157347' },
      warning: { main: dark ? '#f0b352' : '#8a5200' },
      error: { main: dark ? '#ff8f85' : '#b3261e' },
      info: { main: accent },
    },
    shape: { borderRadius: 6 },
    spacing: compact ? compactSpacingPx : 8,
    typography: {
      fontFamily: font,
      fontSize: 13,
      h1: { fontSize: 26, fontWeight: 650, letterSpacing: '-0.01em' },
      h2: { fontSize: 17, fontWeight: 650 },
      h3: { fontSize: 13, fontWeight: 650 },
      body1: { fontSize: 14 },
      body2: { fontSize: 13 },
      caption: { fontSize: 12, lineHeight: 1.45 },
      button: { textTransform: 'none', fontWeight: 600 },
    },
    components: {
      MuiCssBaseline: {
        styleOverrides: {
          'html, body, #root': { height: '100%', overflow: 'hidden' },
          body: { fontSize: 13, scrollbarColor: `${dark ? '#3c434c' : '#b5bcc4'} transparent`, scrollbarWidth: 'thin' },
          ':focus-visible': ring,
          // A region takes the focus after a click in it, so that its keys work; it needs no ring of its own.
          '[data-command-scope]:focus': { outline: 'none' },
          '[data-command-scope]:focus-visible': ringWithin,
          // Pictures reach its edge: the halo is drawn inside, over them.
          '[data-command-scope=player]:focus-visible::after': {
            content: '""',
            position: 'absolute',
            inset: 0,
            zIndex: 1,
            pointerEvents: 'none',
            boxShadow: `inset 0 0 0 2px ${focus.ring}, inset 0 0 0 4px ${focus.halo}`,
          },
          ...(large && { ':root': largeCursors }),
          ...(still && {
            '*, *::before, *::after': {
              animationDuration: '0.01ms !important',
              animationIterationCount: '1 !important',
              transitionDuration: '0.01ms !important',
              scrollBehavior: 'auto !important',
            },
          }),
        },
      },
      // A button base takes the ring of the page away, and puts nothing in its place without a ripple.
      MuiButtonBase: {
        defaultProps: { disableRipple: true },
        styleOverrides: { root: { '&.Mui-focusVisible, &:focus-visible': ring } },
      },
      MuiButton: { defaultProps: { size: 'small', disableElevation: true } },
      MuiIconButton: { defaultProps: { size: 'small' } },
      // One size for field and label, so that the gap in the outline fits the label.
      MuiInputBase: {
        styleOverrides: {
          root: { fontSize: 13, '&.Mui-focused:not(:has(fieldset))': ringWithin },
          // The ring is around the field; a halo would be another box in it.
          input: { '&:focus-visible': { boxShadow: 'none' } },
        },
      },
      MuiInputLabel: { styleOverrides: { root: { fontSize: 13 } } },
      MuiFormControlLabel: { styleOverrides: { label: { fontSize: 13 } } },
      MuiTextField: { defaultProps: { size: 'small' } },
      MuiSelect: { defaultProps: { size: 'small' } },
      MuiTooltip: {
        defaultProps: { enterDelay: 500, enterNextDelay: 200, disableInteractive: true },
        styleOverrides: {
          popper: whileMouseWorks,
          tooltip: { fontSize: 12, backgroundColor: dark ? '#3a414a' : '#2a2f35', color: '#ffffff' },
        },
      },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiDialogTitle: { styleOverrides: { root: { fontSize: 17, fontWeight: 650 } } },
      MuiDialog: {
        styleOverrides: {
          // A notice has its place above: it covers nothing of a dialog either.
          paper: { border: `1px solid ${surface.line}`, marginTop: 48, maxHeight: 'calc(100% - 80px)' },
        },
      },
      // Within what would cut it off.
      MuiMenuItem: {
        styleOverrides: {
          root: { fontSize: 13, minHeight: 32, '&.Mui-focusVisible, &:focus-visible': ringWithin },
        },
      },
      MuiTab: {
        styleOverrides: { root: { '&.Mui-focusVisible, &:focus-visible': ringWithin } },
      },
      MuiSlider: { styleOverrides: { thumb: { '&.Mui-focusVisible': ring } } },
      // Words, not only signs: what is not chosen has to be read as well, with the pointer over it too.
      MuiToggleButton: {
        styleOverrides: {
          root: ({ theme }) => ({ textTransform: 'none', paddingBlock: 3, color: theme.palette.text.secondary }),
        },
      },
      MuiListItemText: { styleOverrides: { primary: { fontSize: 13 }, secondary: { fontSize: 12 } } },
    },
  };
  return createTheme(look, ...(compact ? [{ components: compactComponents }] : []), ...componentWords);
}

const channels = (hex: string): readonly [number, number, number] => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
export function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const mix = (hex: string, towards: number, share: number): string =>
  `#${channels(hex)
    .map((value) =>
      Math.round(value + (towards - value) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/**
 * A class colour moved towards black or white just as far as a line of it needs to stand out from `background` at
 * 3 : 1 (WCAG 2.2, 1.4.11): the same class keeps its hue in both themes.
 */
export function classInk(colour: string, background: string): string {
  const towards = luminance(background) > 0.4 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.05) {
    const ink = mix(colour, towards, share);
    if (contrast(ink, background) >= 3) return ink;
  }
  return mix(colour, towards, 1);
}

/** Black or white, whichever reads better on a fill of `colour`. */
export const textOn = (colour: string): '#000000' | '#ffffff' =>
  contrast(colour, '#000000') >= contrast(colour, '#ffffff') ? '#000000' : '#ffffff';
