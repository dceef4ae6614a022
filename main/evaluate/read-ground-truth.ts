import { isActivityNet, readActivityNet } from '../transfer/codecs/activitynet.ts';
import { readMmaction2 } from '../transfer/codecs/mmaction2.ts';
import { isCoco, readCoco } from '../transfer/codecs/parse-coco.ts';
import { isAnnotatedVideos } from '../transfer/codecs/video-database.ts';
import { parseJson, unknownShape } from './evaluation-json.ts';
import type { LabelledSegment } from './labelled-segments.ts';
import { segmentsOfFile } from './segments-of-file.ts';

interface GroundTruthVideo {
  /** As the file writes it; `null` where the file has no subsets. */
  readonly subset: string | null;
  readonly segments: readonly LabelledSegment[];
}

/** Annotated videos by the id that the file gives them, in the file's order. */
export type GroundTruth = ReadonlyMap<string, GroundTruthVideo>;

/**
 * Reads ground truth in any shape evaluators use, told apart by structure: ActivityNet's
 * `{database: {id: {subset, annotations}}}`, MMAction2's `{id: {annotations}}`, and COCO style with `segment`s.
 * Fails with `unreadable-annotations`, saying where.
 */
export function readGroundTruth(text: string, file: string): GroundTruth {
  const truth = groundTruthFrom(parseJson(text, file), file);
  if (truth !== null) return truth;
  throw unknownShape(
    file,
    '{database: {<video>: {annotations}}}, {<video>: {annotations}} or COCO style with segments',
  );
}

/** The same of parsed JSON; null where it is in none of these shapes. */
export function groundTruthFrom(json: unknown, file: string): GroundTruth | null {
  const read = isActivityNet(json)
    ? readActivityNet(json)
    : isCoco(json)
      ? readCoco(json, file)
      : isAnnotatedVideos(json)
        ? readMmaction2(json)
        : null;
  if (read === null) return null;
  return new Map(
    [...segmentsOfFile(read, file)].map(([id, { subset, segments }]) => [
      id,
      {
        subset,
        // All annotations, or where the file says how far a person came, what was accepted.
        segments: segments
          .filter(({ state, isStateSaid }) => !isStateSaid || state === 'accepted')
          .map(({ startS, endS, label }) => ({ startS, endS, label: label! })),
      },
    ]),
  );
}
