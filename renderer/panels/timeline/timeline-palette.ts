import type { Theme } from '@mui/material/styles';
import type { ActionClass } from '#preload/domain/action-class.ts';
import { classInk, textOn } from '../../shared/theme.ts';

/** A colour's parts, 0 to 255. */
export type Ink = readonly [red: number, green: number, blue: number];

/** What one class's segments are painted with. */
export interface ClassPaint {
  /** The class colour itself, for fills. */
  readonly fill: string;
  /** The colour turned so that a line of it stands out from the background. */
  readonly ink: string;
  /** Text on the fill. */
  readonly onFill: string;
}

/** The timeline's colours, taken from the theme. */
export interface TimelinePalette {
  readonly background: string;
  readonly raised: string;
  readonly line: string;
  readonly faintLine: string;
  readonly text: string;
  readonly dimText: string;
  readonly playhead: string;
  /** The playhead's line and head, in parts of what they are as a rule. */
  readonly playheadScale: number;
  readonly accent: string;
  /** What is loud in the sound's spectrogram. */
  readonly spectrum: Ink;
  readonly font: string;
  readonly digitsFont: string;
  /** Paint of a class by its colour. */
  paintOf(actionClass: ActionClass): ClassPaint;
}

/** Colours of the timeline in `theme`; paints are worked out once per colour. */
export function timelinePalette(theme: Theme, digitsFont: string): TimelinePalette {
  const { surface, text, primary, error } = theme.palette;
  const paints = new Map<string, ClassPaint>();
  return {
    background: surface.panel,
    raised: surface.raised,
    line: surface.line,
    faintLine: theme.palette.mode === 'dark' ? 'rgba(255, 255, 255, 0.05)' : 'rgba(0, 0, 0, 0.06)',
    text: text.primary,
    dimText: text.secondary,
    playhead: error.main,
    playheadScale: theme.large ? 2 : 1,
    accent: primary.main,
    spectrum: theme.palette.mode === 'dark' ? [150, 205, 255] : [10, 50, 110],
    font: theme.typography.fontFamily ?? 'sans-serif',
    digitsFont,
    paintOf: ({ colour }) => {
      let paint = paints.get(colour);
      if (!paint) {
        paint = { fill: colour, ink: classInk(colour, surface.panel), onFill: textOn(colour) };
        paints.set(colour, paint);
      }
      return paint;
    },
  };
}
