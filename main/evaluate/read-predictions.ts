import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { isCoco, readCoco } from './coco-segments.ts';
import { isRecord, label, parseAs, parseJson, segment, unknownShape } from './evaluation-json.ts';
import type { PredictedSegment } from './labelled-segments.ts';

/** A predicted segment; proposals have no label. */
export interface Prediction extends Omit<PredictedSegment, 'label'> {
  readonly label: string | null;
}

/** Predictions by the id that the file gives the video. */
export type Predictions = ReadonlyMap<string, readonly Prediction[]>;

const score = z.number();
/** ActionFormer calls the score `scores`. */
const prediction = z
  .object({ segment, label: label.nullish(), score: score.optional(), scores: score.optional() })
  .refine((one) => one.score !== undefined || one.scores !== undefined, { error: 'a prediction needs a score' });

/**
 * Reads predictions in any shape evaluators use, told apart by structure: ActivityNet's and MMAction2's
 * `{results: {id: [{label, segment, score}]}}`, the same under `database` (ActionFormer) or at the top level, and COCO
 * style with `segment`s and scores. Fails with `unreadable-annotations`, saying where.
 */
export function readPredictions(text: string, file: string): Predictions {
  const json = parseJson(text, file);
  if (isRecord(json)) {
    if (isCoco(json)) return fromCoco(json, file);
    const results = json['results'] ?? json['database'];
    if (isRecord(results)) return fromResults(results, file);
    const videos = Object.values(json);
    if (videos.length > 0 && videos.every(Array.isArray)) return fromResults(json, file);
  }
  throw unknownShape(file, '{results: {<video>: [{label, segment, score}]}} or COCO style with segments and scores');
}

function fromResults(results: Record<string, unknown>, file: string): Predictions {
  const videos = parseAs(z.record(z.string(), z.array(prediction)), results, file);
  return new Map(
    Object.entries(videos).map(([id, predictions]) => [
      id,
      predictions.map((one): Prediction => {
        const [startS, endS] = one.segment;
        return { startS, endS, label: one.label ?? null, score: (one.score ?? one.scores)! };
      }),
    ]),
  );
}

/** All annotations with a score. Those without one are a person's own in the studio's files, and an error in others. */
function fromCoco(json: unknown, file: string): Predictions {
  const videos = [...readCoco(json, file)];
  if (videos.some(([, annotations]) => annotations.some(({ score: own, state }) => own === null && state === null))) {
    const message = `${file} has annotations without a score; predictions need one.`;
    throw new Failure('unreadable-annotations', message, { file });
  }
  return new Map(
    videos.map(([name, annotations]) => [
      name,
      annotations.flatMap(({ score: own, ...rest }) => (own === null ? [] : { ...rest, score: own })),
    ]),
  );
}
