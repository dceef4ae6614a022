import { say, english } from '#preload/domain/saying.ts';
import { z } from 'zod';
import type { ImportedAnnotations, ImportedSegment, ImportedVideo } from '../annotation-set.ts';
import { className, isRecord, timeSegment } from './json-file.ts';
import { NameList, RowReader } from './row-reader.ts';

const score = z.number();
/** ActionFormer calls the score `scores`. */
const prediction = z
  .object({ segment: timeSegment, label: className.nullish(), score: score.optional(), scores: score.optional() })
  .refine((one) => one.score !== undefined || one.scores !== undefined, {
    path: ['score'],
    error: english(say('a prediction needs a score')),
  })
  .transform((one) => ({ segment: one.segment, label: one.label ?? null, score: one.score ?? one.scores! }));
const annotation = z
  .object({ segment: timeSegment, label: className })
  .transform((one) => ({ ...one, score: null as number | null }));

/** Whether parsed JSON maps videos to objects with annotations. */
export const isAnnotatedVideos = (json: unknown): json is Record<string, unknown> =>
  isRecord(json) && Object.values(json).some((video) => isRecord(video) && 'annotations' in video);

/**
 * Ground truth, `{id: {subset, annotations: [{segment, label}]}}`, as ActivityNet and the tools after it write it.
 * @param path what the object is found under: `database.`
 */
export function readAnnotatedVideos(
  database: Record<string, unknown>,
  path: string,
  format: string,
): ImportedAnnotations {
  return collect(database, format, annotation, (value, id, rows) => {
    const said = isRecord(value) ? (value['annotations'] ?? []) : null;
    // Kinetics has one a video, without a list around it.
    const annotations = isRecord(said) ? [said] : said;
    if (!Array.isArray(annotations))
      rows.refuse(
        id,
        say('a video has a list of annotations'),
        say('{{place}} has no list of annotations', { place: `${path}${id}` }),
      );
    const subset = isRecord(value) && typeof value['subset'] === 'string' ? value['subset'] : null;
    return { subset, rows: Array.isArray(annotations) ? annotations : [], path: `${path}${id}.annotations` };
  });
}

/** Predictions, `{id: [{segment, label, score}]}`; proposals have no label. */
export function readPredictedVideos(
  results: Record<string, unknown>,
  path: string,
  format: string,
): ImportedAnnotations {
  return collect(results, format, prediction, (value, id, rows) => {
    if (!Array.isArray(value))
      rows.refuse(
        id,
        say('a video has a list of predictions'),
        say('{{place}} has no list of predictions', { place: `${path}${id}` }),
      );
    return { subset: null, rows: Array.isArray(value) ? value : [], path: `${path}${id}` };
  });
}

function collect(
  entries: Record<string, unknown>,
  format: string,
  schema: z.ZodType<{ segment: [number, number]; label: string | null; score: number | null }>,
  listOf: (
    value: unknown,
    id: string,
    rows: RowReader,
  ) => { readonly subset: string | null; readonly rows: readonly unknown[]; readonly path: string },
): ImportedAnnotations {
  const rows = new RowReader();
  const labels = new NameList();
  const videos: ImportedVideo[] = [];
  const segments: ImportedSegment[] = [];
  for (const [id, value] of Object.entries(entries)) {
    const list = listOf(value, id, rows);
    videos.push({ fileName: id, checksum: null, subset: list.subset, reviews: [] });
    for (const [index, row] of list.rows.entries()) {
      const place = say('annotation {{index}} of {{id}}', { index: String(index + 1), id });
      const read = rows.read(schema, row, { place, path: `${list.path}.${index}` });
      if (read === null) continue;
      segments.push({
        place,
        video: videos.length - 1,
        class: read.label === null ? null : labels.indexOf(read.label),
        startS: read.segment[0],
        endS: read.segment[1],
        state: read.score === null ? 'accepted' : 'proposed',
        isStateSaid: false,
        score: read.score,
        source: { kind: 'import', format },
        touched: read.score === null,
        ranking: [],
        note: '',
      });
    }
  }
  return { classes: labels.names.map((name) => ({ name })), videos, segments, faults: rows.faults };
}
