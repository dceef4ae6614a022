import { t } from '../language/language.ts';
import { decimal } from './quantities.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/** A length for reading at a glance: `7.5 s` under a minute, then `1:23`, `1:02:05`. */
export function shortDuration(us: number): string {
  const seconds = us / 1e6;
  if (seconds < 59.95) return `${decimal(seconds, 1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${pad(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`;
}

/** Time left as a person says it: "about 2 min". */
export function roughSeconds(seconds: number): string {
  if (seconds < 5) return t('a few seconds');
  if (seconds < 55) return t('about {{seconds}} s', { seconds: Math.round(seconds / 5) * 5 });
  if (seconds < 55 * 60) return t('about {{minutes}} min', { minutes: Math.max(1, Math.round(seconds / 60)) });
  return t('about {{hours}} h', { hours: decimal(seconds / 3600, 1) });
}

/**
 * The time in microseconds that a person typed: `83.458` (seconds), `1:23.458`, `00:01:23.458`, or `f500` for the start
 * of frame 500. Undefined for anything else.
 */
export function typedTimeUs(text: string, frameStartUs: (frame: number) => number): number | undefined {
  const frame = /^\s*[#f]\s*(\d+)\s*$/i.exec(text)?.[1];
  if (frame !== undefined) return frameStartUs(Number(frame));
  const parts = /^\s*(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?|[.,]\d+)\s*s?\s*$/.exec(text);
  if (!parts) return undefined;
  const seconds = Number(parts[3]!.replace(',', '.'));
  return Math.round((Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + seconds) * 1e6);
}
