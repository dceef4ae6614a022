import type { ModelSwitch } from '#preload/contract/projects.ts';
import { counted } from '#preload/domain/counted.ts';
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
      ? 'how long that takes is known once its speed was measured'
      : `${roughSeconds(computingSeconds)} on this machine`;
  return [
    decided === 0
      ? 'Classes, notes and everything else that you made stay.'
      : `Everything that you made stays: ${counted(accepted, 'accepted segment')}, ${rejected} rejected, classes and notes.`,
    videos === 0
      ? 'Its features of all videos are here already: nothing is computed anew but proposals.'
      : `It looks at ${counted(videos, 'video')} anew (${shortDuration(videoSeconds * 1e6)} of film): ${time}.`,
    ...(proposals > 0
      ? [`${counted(proposals, 'proposal')} that nobody has decided make way for its own when you propose.`]
      : []),
    ...(restingVersions > 0 && from !== null
      ? [
          `What was learned for ${from} (${counted(restingVersions, 'version')}) waits, and counts again when you go back.`,
        ]
      : []),
  ];
}
