import type { Job } from '#preload/domain/job.ts';
import { failureOf } from '../../backend/failures.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';

interface VideoProblem {
  /** In few words. */
  readonly text: string;
  readonly detail: string;
  /** What goes on from there, in a word or two, and its command. */
  readonly action: { readonly label: string; readonly command: 'videos.relink' | 'videos.reading' | 'window.jobs' };
}

const find = { label: t('find it'), command: 'videos.relink' } as const;
const look = { label: t('look'), command: 'videos.reading' } as const;

/**
 * What is wrong with a video, and what there is to do; undefined where nothing is.
 * @param copying the newest job that made, or makes, its copy for the player.
 */
export function videoProblem(video: Video, copying?: Pick<Job, 'state' | 'failure'>): VideoProblem | undefined {
  if (video.replaced)
    return {
      text: t('another file by now'),
      detail: t(
        'The content of {{location}} is not what was added. Segments are kept; the old file has to be put back or found.',
        { location: video.location },
      ),
      action: find,
    };
  if (video.missing)
    return {
      text: t('file is missing'),
      detail: t('It was at {{location}}.', { location: video.location }),
      action: find,
    };
  const { damagedPackets: count, warnings = [] } = video.facts;
  if (count !== undefined)
    return {
      text: t('{{count}} damaged packets', { count, one: '{{count}} damaged packet' }),
      detail: t('They were skipped; every frame that could be read is here. A fresh copy of the file may have more.'),
      action: look,
    };
  if (video.playback === 'proxy-pending' && (copying?.state === 'failed' || copying?.state === 'cancelled'))
    return {
      text: t('no preview'),
      detail: t('{{message}} Its single pictures can be labelled.', {
        message: copying.failure
          ? failureOf(copying.failure).message
          : t('Making a copy that plays here was cancelled.'),
      }),
      action: { label: t('jobs'), command: 'window.jobs' },
    };
  if (video.playback === 'proxy-pending')
    return {
      text: t('preview being made'),
      detail: t(
        'The file itself cannot play here; a copy with the same frame times is being made. Until then its single pictures can be labelled.',
      ),
      action: { label: t('jobs'), command: 'window.jobs' },
    };
  const told = warnings.map(said);
  const [first] = told;
  return first === undefined ? undefined : { text: first, detail: told.join('\n'), action: look };
}
