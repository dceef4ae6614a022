/** A moment of a recording, counted from its first row, and where it is in the video. */
export interface Anchor {
  readonly ownUs: number;
  readonly videoUs: number;
}

/**
 * The clock that puts one moment, or two, where they are seen; one alone leaves the rate as it is. Null where two say
 * nothing of a rate: the same moment twice, or in another order, or a rate that no clock has. Pure.
 */
export function clockThrough(
  anchors: readonly Anchor[],
  rate: number,
): { readonly offsetUs: number; readonly rate: number } | null {
  const [first, second] = anchors;
  if (!first) return null;
  const found = second ? (second.videoUs - first.videoUs) / (second.ownUs - first.ownUs) : rate;
  if (!(found >= 0.001 && found <= 1000)) return null;
  return { rate: found, offsetUs: Math.round(first.videoUs - first.ownUs * found) };
}

/** Microseconds of what was typed: seconds, also negative, or `1:02.5`, `1:02:03`; null for anything else. Pure. */
export function typedTimeUs(text: string): number | null {
  const parts = /^([-−]?)(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d*)?|[.,]\d+)$/u.exec(text.trim());
  if (!parts) return null;
  const [, sign, hours = '0', minutes = '0', seconds] = parts;
  const us = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds!.replace(',', '.'))) * 1e6;
  return Math.round(sign === '' ? us : -us);
}
