import type { ModelDownload } from '#preload/domain/model-library.ts';
import { roughSeconds } from '../../ui/durations.ts';
import { t } from '../../language/language.ts';
import { decimal } from '../../ui/quantities.ts';

/** `599 MB`, `1.7 GB`. */
export function bytesWords(bytes: number): string {
  return bytes >= 1e9
    ? t('{{bytes}} GB', { bytes: decimal(bytes / 1e9, 1) })
    : t('{{value}} MB', { value: Math.max(1, Math.round(bytes / 1e6)) });
}

/**
 * `11 frames a second here: an hour of film in about 21 min`, with `about` before what was not measured with the model
 * itself. `samplingFps` frames are looked at of each second; null for a model that looks at clips here and there.
 */
export function speedWords(
  { framesPerSecond, measured }: { readonly framesPerSecond: number; readonly measured: boolean },
  samplingFps: number | null,
): string {
  const rate = decimal(framesPerSecond, framesPerSecond < 10 ? 1 : 0);
  const speed = measured
    ? t('{{rate}} frames a second here', { rate })
    : t('about {{rate}} frames a second here', { rate });
  return samplingFps === null
    ? speed
    : t('{{speed}}: an hour of film in {{time}}', {
        speed,
        time: roughSeconds((3600 * samplingFps) / framesPerSecond),
      });
}

/** `120 MB of 599 MB, about 2 min left`; what it waits for where that is not bytes. */
export function downloadWords({ state, doneBytes, totalBytes, remainingS }: ModelDownload): string {
  if (state === 'opening') return t('All is here. It is opened, and its speed is measured.');
  const amount =
    totalBytes === null
      ? null
      : t('{{bytes}} of {{bytes2}}', { bytes: bytesWords(doneBytes), bytes2: bytesWords(totalBytes) });
  if (state === 'running') {
    if (amount === null) return t('Asking the hub');
    return remainingS === null ? amount : t('{{amount}}, {{time}} left', { amount, time: roughSeconds(remainingS) });
  }
  if (amount === null) return state === 'paused' ? t('Paused') : t('Stopped');
  if (doneBytes === totalBytes)
    return state === 'paused'
      ? t('Paused: {{amount}} is here', { amount })
      : t('Stopped: {{amount}} is here', { amount });
  return state === 'paused'
    ? t('Paused: {{amount}} are here', { amount })
    : t('Stopped: {{amount}} are here', { amount });
}
