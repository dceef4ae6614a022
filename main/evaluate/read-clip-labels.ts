import { z } from 'zod';
import { isRecord, label, parseAs, parseJson, unknownShape } from './evaluation-json.ts';
import { groundTruthFrom } from './read-ground-truth.ts';

interface LabelledClip {
  /** As the file writes it; `null` where the file has no subsets. */
  readonly subset: string | null;
  /** Any of them is right; at least one. */
  readonly labels: ReadonlySet<string>;
}

/** Clips with their classes, by the id that the file gives them. */
export type ClipLabels = ReadonlyMap<string, LabelledClip>;

/**
 * Reads `{<clip>: <class>}`, or any ground truth of segments: there each annotated video is a clip of the classes of its
 * segments. Fails with `unreadable-annotations`, saying where.
 */
export function readClipLabels(text: string, file: string): ClipLabels {
  const json = parseJson(text, file);
  const isFlat = isRecord(json) && Object.values(json).some((value) => !isRecord(value) && !Array.isArray(value));
  const videos = groundTruthFrom(json, file);
  if (videos !== null) {
    return new Map(
      [...videos].flatMap(([id, { subset, segments }]) =>
        segments.length > 0 ? [[id, { subset, labels: new Set(segments.map((segment) => segment.label)) }]] : [],
      ),
    );
  }
  if (!isFlat) throw unknownShape(file, '{<clip>: <class>}, or ground truth of segments');
  const labels = parseAs(z.record(z.string(), label), json, file);
  return new Map(Object.entries(labels).map(([id, name]) => [id, { subset: null, labels: new Set([name]) }]));
}
