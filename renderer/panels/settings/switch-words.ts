import type { ModelSwitch } from '#preload/contract/projects.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { roughSeconds, shortDuration } from '../../ui/durations.ts';

/** Whether choosing a model changes anything that a person would want to hear of first. */
export const isWorthAsking = ({ from, proposals, restingVersions }: ModelSwitch): boolean =>
  from !== null && (proposals > 0 || restingVersions > 0);

/** What choosing another model means, in sentences. */
export function switchWords(meaning: ModelSwitch): string[] {
  const { from, accepted, rejected, proposals, restingVersions, videos, videoSeconds, computingSeconds } = meaning;
  const decided = accepted + rejected;
  const time =
    computingSeconds === null
      ? t('how long that takes is known once its speed was measured')
      : t('{{time}} on this machine', { time: roughSeconds(computingSeconds) });
  return [
    decided === 0
      ? t('Classes, notes and everything else that you made stay.')
      : t('Everything that you made stays: {{acceptedSegments}}, {{rejected}} rejected, classes and notes.', {
          acceptedSegments: counted(accepted, 'accepted segment'),
          rejected,
        }),
    videos === 0
      ? t('Its features of all videos are here already: nothing is computed anew but proposals.')
      : t('It looks at {{videos}} anew ({{time}} of film): {{time2}}.', {
          videos: counted(videos, 'video'),
          time: shortDuration(videoSeconds * 1e6),
          time2: time,
        }),
    ...(proposals > 0
      ? [
          t('{{proposals}} that nobody has decided make way for its own when you propose.', {
            proposals: counted(proposals, 'proposal'),
          }),
        ]
      : []),
    ...(restingVersions > 0 && from !== null
      ? [
          t('What was learned for {{from}} ({{versions}}) waits, and counts again when you go back.', {
            from,
            versions: counted(restingVersions, 'version'),
          }),
        ]
      : []),
  ];
}
