import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { MeasuredOn } from '#preload/domain/quality.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { PromptedClass, ScorerChoice, TaughtChoice } from '../engine/vocabulary.ts';
import type { OpenProject } from '../project/open-project.ts';
import { clipScorerOf } from '../project/scorer-in-use.ts';
import { unseenParts } from '../project/unseen-parts.ts';
import type { Occurrence } from '../quality/measurement.ts';
import { promptedClasses } from './prompted-classes.ts';

/** All that a measurement depends on. */
export interface MeasuredQuestion {
  readonly classes: readonly PromptedClass[];
  /** Those of them that are judged, in the same order. */
  readonly measuredClassIds: readonly number[];
  /** Complete videos, whether or not their features are there, with what is marked in them. */
  readonly videos: readonly {
    readonly videoId: number;
    readonly name: string;
    readonly checksum: string;
    readonly occurrences: readonly Occurrence[];
  }[];
  readonly taught: TaughtChoice;
  readonly scorer: ScorerChoice | null;
  readonly notes: readonly Saying[];
  /** Equal where all of this is. */
  readonly digest: string;
}

/** Videos that count, by id: complete for every class, with nothing ambiguous. */
export const completeVideoIds = ({ database: { corrections } }: OpenProject, on: MeasuredOn): number[] =>
  on === 'reviewed' ? corrections.reviewedVideoIds() : corrections.reviewedVideoIdsOf(on);

/** Fails as `unseenParts` does. */
export function measuredQuestion(project: OpenProject, on: MeasuredOn): MeasuredQuestion {
  const { database, settings } = project;
  const ids = completeVideoIds(project, on);
  const classes = promptedClasses(database);
  // A moment without length overlaps nothing by half: tIoU says nothing of it.
  const points = database.classes.present().filter(({ kind }) => kind === 'point');
  const isPoint = new Set(points.map(({ id }) => id));
  const measuredClassIds = classes.flatMap(({ classId }) => (isPoint.has(classId) ? [] : classId));
  const videos = ids.map((id) => {
    const { name, checksum } = project.video(id);
    const occurrences = database.corrections.acceptedIn(id).filter(({ classId }) => !isPoint.has(classId));
    return { videoId: id, name, checksum, occurrences };
  });
  const { taught, scorer, notes: leftOut } = unseenParts(project, new Set(ids));
  const notes = [
    ...leftOut,
    ...points.map(({ name }) =>
      say('Left out, since a moment without length overlaps nothing: the class “{{name}}”.', { name }),
    ),
  ];
  const { model, samplingFps, framing, shareStill, featureNumbers, templates, backgroundTexts, scenes } = settings;
  const seenBy = { model, samplingFps, framing, shareStill, featureNumbers, templates, backgroundTexts, scenes };
  const files = [taught.versionFile, taught.boundaryFile, taught.lessonFile].map((file) => file && basename(file));
  // Not where the project lies, nor which other videos there are: a new one changes next to nothing.
  const { corrections, reviewed } = taught;
  const learned = { files, corrections, reviewed, scorer: clipScorerOf(project) };
  const all = { on, classes, measuredClassIds, videos, notes, learned, seenBy };
  const digest = createHash('sha256').update(JSON.stringify(all)).digest('base64');
  return { classes, measuredClassIds, videos, taught, scorer, notes, digest };
}
