import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { readActivityNetResults } from '../transfer/codecs/activitynet-results.ts';
import { isCoco, readCoco } from '../transfer/codecs/parse-coco.ts';
import { parseJson, unknownShape } from './evaluation-json.ts';
import type { PredictedSegment } from './labelled-segments.ts';
import { segmentsOfFile } from './segments-of-file.ts';

/** A predicted segment; proposals have no label. */
export interface Prediction extends Omit<PredictedSegment, 'label'> {
  readonly label: string | null;
}

/** Predictions by the id that the file gives the video. */
export type Predictions = ReadonlyMap<string, readonly Prediction[]>;

/**
 * Reads predictions in any shape evaluators use, told apart by structure: ActivityNet's and MMAction2's
 * `{results: {id: [{label, segment, score}]}}`, the same under `database` (ActionFormer) or at the top level, and COCO
 * style with `segment`s and scores. Annotations without a score are a person's own in the studio's files, and an error
 * in others. Fails with `unreadable-annotations`, saying where.
 */
export function readPredictions(text: string, file: string): Predictions {
  const json = parseJson(text, file);
  const read = isCoco(json) ? readCoco(json, file) : readActivityNetResults(json);
  if (read === null)
    throw unknownShape(file, '{results: {<video>: [{label, segment, score}]}} or COCO style with segments and scores');
  if (read.segments.some(({ score, isStateSaid }) => score === null && !isStateSaid)) {
    const message = `${file} has annotations without a score; predictions need one.`;
    throw new Failure('unreadable-annotations', verbatim(message), { file });
  }
  return new Map(
    [...segmentsOfFile(read, file)].map(([id, { segments }]) => [
      id,
      segments.flatMap(({ startS, endS, label, score }) => (score === null ? [] : { startS, endS, label, score })),
    ]),
  );
}
