import { evaluate } from '#main/evaluate/evaluate.ts';
import { recognitionMetrics } from '#main/evaluate/recognition-metrics.ts';
import type { Localisation } from '#main/pipeline/classify/localise.ts';
import { secondsOf, type Span } from '#preload/domain/span.ts';
import type { Measured, Measurements } from './measurements.ts';
import { recognition, trimmedActions } from './rendered-recognition.ts';
import type { NamedClasses, SeenVideo } from './rendered-world.ts';
import type { Student } from './student.ts';

export const localisation = 'localisation';
export const averageMap = 'average mAP@0.3:0.7';
export const recallAt50 = 'AR@50';

export interface FoundVideo {
  readonly video: SeenVideo;
  readonly localisation: Localisation;
}

type About = Omit<Measured, 'task' | 'metric'>;

const inSeconds = ({ startUs, endUs }: Span) => ({ startS: secondsOf(startUs), endS: secondsOf(endUs) });

export const foundBy = (student: Student, videos: readonly SeenVideo[]): FoundVideo[] =>
  videos.map((video) => ({ video, localisation: student.localise(video) }));

/**
 * Average mAP of the segments and AR@AN of the proposals, against all that happens in the videos; where `judged` names
 * some of the classes, against all that happens of these, and the segments of the others do not count.
 */
export function measureLocalisation(
  found: readonly FoundVideo[],
  { classIds, labels }: Pick<NamedClasses, 'classIds' | 'labels'>,
  about: About,
  measurements: Measurements,
  judged: readonly number[] = classIds,
): void {
  const idOf = ({ videoId }: SeenVideo): string => `film ${videoId}`;
  const truth = new Map(
    found.map(({ video }) => [
      idOf(video),
      {
        subset: null,
        segments: video.actions
          .filter(({ classId }) => judged.includes(classId))
          .map((action) => ({ ...inSeconds(action), label: labels[classIds.indexOf(action.classId)]! })),
      },
    ]),
  );
  const segments = new Map(
    found.map((one) => [
      idOf(one.video),
      one.localisation.segments
        .filter(({ classIndex }) => judged.includes(classIds[classIndex]!))
        .map((segment) => ({ ...inSeconds(segment), label: labels[segment.classIndex]!, score: segment.score })),
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
  add(recallAt50, recall['50']);
}

/** Share of trimmed actions that are named rightly, of those of the classes `judged`. */
export function measureRecognition(
  student: Student,
  videos: readonly SeenVideo[],
  { classIds }: Pick<NamedClasses, 'classIds'>,
  about: About,
  measurements: Measurements,
  judged: readonly number[] = classIds,
): void {
  const trimmed = trimmedActions(videos).filter(({ action }) => judged.includes(action.classId));
  const scores = trimmed.flatMap(({ video, action }) => [...student.probabilities(video, action)]);
  const { top1 } = recognitionMetrics(
    scores,
    trimmed.map(({ action }) => classIds.indexOf(action.classId)),
  );
  measurements.add({ task: recognition, ...about, metric: 'top-1' }, top1);
}

/** Both. */
export function measureStudent(
  student: Student,
  videos: readonly SeenVideo[],
  classes: Pick<NamedClasses, 'classIds' | 'labels'>,
  about: About,
  measurements: Measurements,
  judged: readonly number[] = classes.classIds,
): void {
  measureRecognition(student, videos, classes, about, measurements, judged);
  measureLocalisation(foundBy(student, videos), classes, about, measurements, judged);
}
