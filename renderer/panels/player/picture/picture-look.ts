/** How a picture is shown otherwise than it was filmed; 1 each: as it is. */
export interface PictureLook {
  readonly brightness: number;
  readonly contrast: number;
  /** Above 1 it lifts what is dark and leaves black and white as they are. */
  readonly gamma: number;
}

export const plainLook: PictureLook = { brightness: 1, contrast: 1, gamma: 1 };

/** The ends of the sliders. */
export const lookRanges: { readonly [Part in keyof PictureLook]: { readonly min: number; readonly max: number } } = {
  brightness: { min: 0.25, max: 4 },
  contrast: { min: 0.25, max: 4 },
  gamma: { min: 0.25, max: 4 },
};

export const isPlain = ({ brightness, contrast, gamma }: PictureLook): boolean =>
  brightness === 1 && contrast === 1 && gamma === 1;

/**
 * A channel's value v of 0 to 1 is shown as amplitude · v^exponent + offset, the words of SVG's transfer function: gamma
 * first, then brightness, then contrast about the middle grey. Pure.
 */
export const transferOf = ({ brightness, contrast, gamma }: PictureLook) => ({
  amplitude: brightness * contrast,
  exponent: 1 / gamma,
  offset: (1 - contrast) / 2,
});

/** The next lighter or darker look: gamma in steps, since what is too dark is mostly in the shadows. Pure. */
export function lighter(look: PictureLook, direction: 1 | -1): PictureLook {
  const { min, max } = lookRanges.gamma;
  const gamma = look.gamma * (direction > 0 ? 1.25 : 0.8);
  return { ...look, gamma: Math.min(Math.max(Math.round(gamma * 100) / 100, min), max) };
}
