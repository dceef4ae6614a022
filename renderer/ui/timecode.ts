import { decimal } from './quantities.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `00:01:23.458`; `decimals` digits after the second (0 to 6), rounded down so that a frame never shows the next one's time. */
export function formatTimecode(us: number, decimals = 3): string {
  const whole = Math.floor(Math.abs(us));
  const seconds = Math.floor(whole / 1e6);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = String(whole % 1e6)
    .padStart(6, '0')
    .slice(0, decimals);
  return `${us < 0 ? '-' : ''}${clock}${decimals > 0 ? `.${fraction}` : ''}`;
}

/** The shortest reading of a time: `1:23.4`, `1:02:03`; for ruler labels. */
export function formatShortTime(us: number, decimals: number): string {
  const full = formatTimecode(us, decimals);
  return full.replace(/^(-?)00:/, '$1').replace(/^(-?)0(\d)/, '$1$2');
}

/** `12.3 s`: for sentences, as a screen reader speaks them. */
export const spokenSeconds = (us: number): string => `${decimal(us / 1e6, us % 1e6 === 0 ? 0 : 2)} s`;
