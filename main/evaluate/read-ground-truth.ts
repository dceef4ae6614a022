import { z } from 'zod';
import { isCoco, readCoco } from './coco-segments.ts';
import { isRecord, label, parseAs, parseJson, segment, unknownShape } from './evaluation-json.ts';
import type { LabelledSegment } from './labelled-segments.ts';

interface GroundTruthVideo {
  /** As the file writes it; `null` where the file has no subsets. */
  readonly subset: string | null;
  readonly segments: readonly LabelledSegment[];
}

/** Annotated videos by the id that the file gives them, in the file's order. */
export type GroundTruth = ReadonlyMap<string, GroundTruthVideo>;

const annotatedVideo = z.object({
  subset: z.string().optional(),
  annotations: z.array(z.object({ segment, label })).default([]),
});

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
  if (isRecord(json) && isRecord(json['database'])) return fromDatabase(json['database'], file);
  if (isCoco(json)) return fromCoco(json, file);
  const videos = isRecord(json) ? Object.values(json) : [];
  if (isRecord(json) && videos.some((video) => isRecord(video) && 'annotations' in video))
    return fromDatabase(json, file);
  return null;
}

function fromDatabase(database: Record<string, unknown>, file: string): GroundTruth {
  const videos = parseAs(z.record(z.string(), annotatedVideo), database, file);
  return new Map(
    Object.entries(videos).map(([id, video]) => [
      id,
      {
        subset: video.subset ?? null,
        segments: video.annotations.map(({ segment: [startS, endS], label: name }) => ({ startS, endS, label: name })),
      },
    ]),
  );
}

/** All annotations, or in the studio's own files what a person has accepted. */
function fromCoco(json: unknown, file: string): GroundTruth {
  return new Map(
    [...readCoco(json, file)].map(([name, annotations]) => [
      name,
      { subset: null, segments: annotations.filter(({ state }) => state === null || state === 'accepted') },
    ]),
  );
}
