import { evaluate } from '#main/evaluate/evaluate.ts';
import { localise, type Localisation, type LocalisationExtras } from '#main/pipeline/classify/localise.ts';
import { defaultLocalisationSettings } from '#main/pipeline/propose/localisation-settings.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { secondsOf, type Span } from '#preload/domain/span.ts';
import type { Measured, Measurements } from './measurements.ts';
import type { NamedClasses, SeenVideo } from './rendered-world.ts';

export const localisation = 'localisation';
export const averageMap = 'average mAP@0.3:0.7';

const inSeconds = ({ startUs, endUs }: Span) => ({ startS: secondsOf(startUs), endS: secondsOf(endUs) });

/** Localises as the studio does it; `denseFeatures` are those that are classified, where they are not the video's own. */
export function localiseIn(video: SeenVideo, classSet: ClassSet, extras: LocalisationExtras): Localisation {
  return localise(video.analysis, classSet, defaultLocalisationSettings, extras);
}

/** Average mAP of the segments and AR@AN of the proposals, against all that happens in the videos. */
export function measureLocalisation(
  found: readonly { readonly video: SeenVideo; readonly localisation: Localisation }[],
  { classIds, labels }: Pick<NamedClasses, 'classIds' | 'labels'>,
  about: Omit<Measured, 'task' | 'metric'>,
  measurements: Measurements,
): void {
  const idOf = ({ videoId }: SeenVideo): string => `film ${videoId}`;
  const truth = new Map(
    found.map(({ video }) => [
      idOf(video),
      {
        subset: null,
        segments: video.actions.map((action) => ({
          ...inSeconds(action),
          label: labels[classIds.indexOf(action.classId)]!,
        })),
      },
    ]),
  );
  const segments = new Map(
    found.map((one) => [
      idOf(one.video),
      one.localisation.segments.map((segment) => ({
        ...inSeconds(segment),
        label: labels[segment.classIndex]!,
        score: segment.score,
      })),
    ]),
  );
  const proposals = new Map(
    found.map((one) => [
      idOf(one.video),
      one.localisation.proposals.map((proposal) => ({ ...inSeconds(proposal), label: null, score: proposal.score })),
    ]),
  );
  const add = (metric: string, value: number): void =>
    measurements.add({ task: localisation, ...about, metric }, value);
  add(averageMap, evaluate(truth, segments, 'thumos14').average_map);
  const { average_recall_at_average_number: recall } = evaluate(truth, proposals, 'proposals').recall;
  add('AR@10', recall['10']);
  add('AR@50', recall['50']);
}
