import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { segmentState } from '#preload/domain/segment.ts';
import { microsecondsOf, secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from './annotation-set.ts';
import { unreadableAnnotations } from './read-json.ts';

const number = z.string().trim().min(1, 'a number is needed').transform(Number).pipe(z.number('a number is needed'));
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const row = z.looseObject({
  video: z.string().trim().min(1),
  label: z.string().trim().min(1).max(200),
  start_s: number,
  end_s: number,
  state: optional(segmentState),
  score: optional(number),
  note: z.string().max(4000).optional(),
});

/** A table for spreadsheets and scripts: one row per segment. `end_frame` is the first frame after the segment. */
export function formatCsv({ videos, classes, segments }: AnnotationSet): Written {
  const className = new Map(classes.map(({ id, name }) => [id, name]));
  const byId = new Map(videos.map((video) => [video.id, video]));
  const rows = segments.map((segment) => {
    const video = byId.get(segment.videoId)!;
    const { startFrame, endFrame } = video.frames().frameRange(segment);
    return {
      video: video.name,
      label: className.get(segment.classId)!,
      start_s: secondsOf(segment.startUs),
      end_s: secondsOf(segment.endUs),
      start_frame: startFrame,
      end_frame: endFrame,
      state: segment.state,
      score: segment.score,
      source: segment.source.kind === 'model' ? segment.source.model : segment.source.kind,
      note: segment.note,
    };
  });
  const columns = [
    'video',
    'label',
    'start_s',
    'end_s',
    'start_frame',
    'end_frame',
    'state',
    'score',
    'source',
    'note',
  ];
  return { text: stringify(rows, { header: true, columns }), warnings: [] };
}

/**
 * Reads a table with at least the columns `video`, `label`, `start_s` and `end_s`. Without a state, a row with a score is
 * a proposal and one without is accepted. Fails with `unreadable-annotations`, naming the line.
 */
export function parseCsv(text: string): ImportedAnnotations {
  const rows = readRows(text).map((values, index) => {
    const parsed = row.safeParse(values);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw unreadable(`row ${index + 1}, ${issue!.path.join('.')}: ${issue!.message}`);
    }
    if (!(parsed.data.end_s > parsed.data.start_s)) throw unreadable(`row ${index + 1} must end after it starts`);
    return parsed.data;
  });
  const names = [...new Set(rows.map(({ video }) => video))];
  const labels = [...new Set(rows.map(({ label }) => label))];
  return {
    classes: labels.map((name) => ({ name })),
    videos: names.map((fileName) => ({ fileName, checksum: null, reviews: [] })),
    segments: rows.map(({ video, label, start_s, end_s, state, score, note }) => {
      const decided = state ?? (score === undefined ? 'accepted' : 'proposed');
      return {
        video: names.indexOf(video),
        class: labels.indexOf(label),
        startUs: microsecondsOf(start_s),
        endUs: microsecondsOf(end_s),
        state: decided,
        score: score ?? null,
        source: { kind: 'import', format: 'csv' },
        touched: decided !== 'proposed',
        ranking: [],
        note: note ?? '',
      };
    }),
  };
}

function readRows(text: string): unknown[] {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw unreadable(error instanceof CsvError ? error.message : String(error));
  }
}

const unreadable = (reason: string) => unreadableAnnotations('a table of segments', reason);
