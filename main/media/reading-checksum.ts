import { createHash } from 'node:crypto';
import type { ReadingChoice } from '#preload/domain/video-facts.ts';

/**
 * What tells a video from all others: the checksum of its file, and, where a person chose how to read it, that choice
 * too. Two streams of one file are two videos.
 */
export function checksumOfReading(checksum: string, reading: ReadingChoice | undefined): string {
  const chosen = Object.entries(reading ?? {}).filter(([, value]) => value !== undefined && value !== false);
  if (chosen.length === 0) return checksum;
  const words = chosen.map(([name, value]) => `${name} ${String(value)}`).sort();
  return createHash('sha256')
    .update([checksum, ...words].join('\n'))
    .digest('hex');
}
