import type { ModelDownload } from '#preload/domain/model-library.ts';
import { roughSeconds } from '../../ui/durations.ts';

/** `599 MB`, `1.7 GB`. */
export function bytesWords(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}

/**
 * `11 frames a second here: an hour of film in about 21 min`, with `about` before what was not measured with the model
 * itself. `samplingFps` frames are looked at of each second; null for a model that looks at clips here and there.
 */
export function speedWords(
  { framesPerSecond, measured }: { readonly framesPerSecond: number; readonly measured: boolean },
  samplingFps: number | null,
): string {
  const rate = framesPerSecond < 10 ? framesPerSecond.toFixed(1) : String(Math.round(framesPerSecond));
  const speed = `${measured ? '' : 'about '}${rate} frames a second here`;
  return samplingFps === null
    ? speed
    : `${speed}: an hour of film in ${roughSeconds((3600 * samplingFps) / framesPerSecond)}`;
}

/** `120 MB of 599 MB, about 2 min left`; what it waits for where that is not bytes. */
export function downloadWords({ state, doneBytes, totalBytes, remainingS }: ModelDownload): string {
  if (state === 'opening') return 'All is here. It is opened, and its speed is measured.';
  const amount = totalBytes === null ? null : `${bytesWords(doneBytes)} of ${bytesWords(totalBytes)}`;
  if (state === 'running') {
    if (amount === null) return 'Asking the hub';
    return remainingS === null ? amount : `${amount}, ${roughSeconds(remainingS)} left`;
  }
  const kept = amount === null ? '' : `: ${amount} ${doneBytes === totalBytes ? 'is' : 'are'} here`;
  return state === 'paused' ? `Paused${kept}` : `Stopped${kept}`;
}
