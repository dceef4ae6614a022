import type Database from 'better-sqlite3';
import type { Segment, SegmentState } from '#preload/domain/segment.ts';
import { inSight, isTallied, queueStatement, type QueueParameters, type QueueQuery } from './review-queue-query.ts';
import type { Span } from '#preload/domain/span.ts';
import { SegmentTally, type CountedSegment, type TalliedGroup } from './segment-tally.ts';
import { readStoredPlainly, strangeRow } from './stored-json.ts';

interface SegmentRow {
  readonly id: number;
  readonly video_id: number;
  readonly class_id: number;
  readonly start_us: number;
  readonly end_us: number;
  readonly state: SegmentState;
  readonly score: number | null;
  readonly source: string;
  readonly touched: number;
  readonly ranking: string;
  readonly note: string;
  readonly annotator: string | null;
  readonly subject: string | null;
  readonly ambiguous: number;
  readonly locked: number;
  readonly attributes: string | null;
}

const toSegment = (row: SegmentRow): Segment => ({
  id: row.id,
  videoId: row.video_id,
  classId: row.class_id,
  startUs: row.start_us,
  endUs: row.end_us,
  state: row.state,
  score: row.score,
  source: readStoredPlainly(row.source, 'a segment’s source') as Segment['source'],
  touched: row.touched === 1,
  ranking: readStoredPlainly(row.ranking, 'a ranking of classes') as Segment['ranking'],
  note: row.note,
  ...(row.annotator !== null && { annotator: row.annotator }),
  ...(row.subject !== null && { subject: row.subject }),
  ...(row.ambiguous === 1 && { ambiguous: true }),
  ...(row.locked === 1 && { locked: true }),
  ...(row.attributes !== null && {
    attributes: readStoredPlainly(row.attributes, 'the attributes of a segment') as Segment['attributes'],
  }),
});

const toRow = (value: Segment): SegmentRow => ({
  id: value.id,
  video_id: value.videoId,
  class_id: value.classId,
  start_us: value.startUs,
  end_us: value.endUs,
  state: value.state,
  score: value.score,
  source: JSON.stringify(value.source),
  touched: value.touched ? 1 : 0,
  ranking: JSON.stringify(value.ranking),
  note: value.note,
  annotator: value.annotator ?? null,
  subject: value.subject ?? null,
  ambiguous: value.ambiguous ? 1 : 0,
  locked: value.locked ? 1 : 0,
  attributes: value.attributes === undefined ? null : JSON.stringify(value.attributes),
});

type PlaceQuery = Pick<Segment, 'videoId' | 'classId' | 'startUs' | 'endUs'> & { readonly beforeId: number };

type TouchingQuery = { readonly videoId: number; readonly classIds: string } & Span;

/** Rows of segments; those of removed classes or videos are kept but out of sight except where a method says so. */
export class SegmentsTable {
  readonly #connection: Database.Database;
  readonly #ofVideo: Database.Statement<[number], SegmentRow>;
  readonly #textOfVideo: Database.Statement<[number], { readonly text: string }>;
  readonly #rowsOfVideo: Database.Statement<[number], SegmentRow>;
  readonly #rowsOfClass: Database.Statement<[number], SegmentRow>;
  readonly #withAttribute: Database.Statement<[string], SegmentRow>;
  readonly #at: Database.Statement<[PlaceQuery], SegmentRow>;
  readonly #acceptedTouching: Database.Statement<[TouchingQuery], SegmentRow>;
  readonly #get: Database.Statement<[number], SegmentRow>;
  readonly #put: Database.Statement<[SegmentRow]>;
  readonly #drop: Database.Statement<[number]>;
  readonly #subjects: Database.Statement<[], { readonly subject: string }>;
  readonly #annotators: Database.Statement<[], { readonly annotator: string }>;
  readonly #counted: Database.Statement<[number], CountedSegment>;
  readonly #groups: Database.Statement<[number], TalliedGroup>;
  #tally: SegmentTally | null = null;

  constructor(connection: Database.Database) {
    this.#connection = connection;
    this.#ofVideo = connection.prepare(
      `SELECT segments.* FROM segments ${inSight} WHERE segments.video_id = ? ORDER BY start_us, end_us, segments.id`,
    );
    // The columns in the order of a packed segment; their JSON goes out as it is stored.
    this.#textOfVideo = connection.prepare(
      `SELECT json_array(segments.id, class_id, start_us, end_us, state, score, json(source), touched, json(ranking), note,
         annotator, CASE WHEN subject IS NULL AND ambiguous = 0 AND locked = 0 AND attributes IS NULL THEN NULL
           ELSE json_array(subject, ambiguous, locked, json(attributes)) END) AS text
       FROM segments ${inSight} WHERE segments.video_id = ? ORDER BY start_us, end_us, segments.id`,
    );
    this.#rowsOfVideo = connection.prepare('SELECT * FROM segments WHERE video_id = ? ORDER BY start_us, end_us, id');
    this.#rowsOfClass = connection.prepare('SELECT * FROM segments WHERE class_id = ? ORDER BY id');
    this.#withAttribute = connection.prepare(
      `SELECT * FROM segments WHERE attributes IS NOT NULL AND json_type(attributes, '$."' || ? || '"') IS NOT NULL ORDER BY id`,
    );
    this.#at = connection.prepare(
      `SELECT * FROM segments WHERE video_id = @videoId AND start_us = @startUs AND id < @beforeId AND end_us = @endUs
         AND class_id = @classId ORDER BY id`,
    );
    this.#acceptedTouching = connection.prepare(
      `SELECT * FROM segments WHERE video_id = @videoId AND start_us <= @endUs AND end_us >= @startUs
         AND state = 'accepted' AND class_id IN (SELECT value FROM json_each(@classIds)) ORDER BY start_us, end_us, id`,
    );
    this.#get = connection.prepare('SELECT * FROM segments WHERE id = ?');
    this.#put = connection.prepare(
      `INSERT INTO segments
       VALUES (@id, @video_id, @class_id, @start_us, @end_us, @state, @score, @source, @touched, @ranking, @note, @annotator,
         @subject, @ambiguous, @locked, @attributes)
       ON CONFLICT (id) DO UPDATE SET video_id = excluded.video_id, class_id = excluded.class_id,
         start_us = excluded.start_us, end_us = excluded.end_us, state = excluded.state, score = excluded.score,
         source = excluded.source, touched = excluded.touched, ranking = excluded.ranking, note = excluded.note,
         annotator = excluded.annotator, subject = excluded.subject, ambiguous = excluded.ambiguous,
         locked = excluded.locked, attributes = excluded.attributes`,
    );
    this.#drop = connection.prepare('DELETE FROM segments WHERE id = ?');
    this.#subjects = connection.prepare(
      'SELECT subject FROM segments WHERE subject IS NOT NULL GROUP BY subject ORDER BY count(*) DESC, subject LIMIT 1000',
    );
    this.#annotators = connection.prepare(
      'SELECT annotator FROM segments WHERE annotator IS NOT NULL GROUP BY annotator ORDER BY count(*) DESC, annotator LIMIT 1000',
    );
    this.#counted = connection.prepare(
      'SELECT video_id AS videoId, class_id AS classId, state, score FROM segments WHERE id = ?',
    );
    this.#groups = connection.prepare(
      `SELECT video_id AS videoId, class_id AS classId, state, count(*) AS count,
         sum(score IS NULL OR score >= ?) AS shown
       FROM segments NOT INDEXED GROUP BY video_id, class_id, state`,
    );
  }

  /** In order of start time, without those of removed classes. */
  ofVideo(videoId: number): Segment[] {
    return this.#ofVideo.all(videoId).map(toSegment);
  }

  /** What `ofVideo` answers as JSON of packed segments: the database writes it several times quicker than rows become it. */
  textOfVideo(videoId: number): string {
    try {
      return `[${this.#textOfVideo
        .all(videoId)
        .map(({ text }) => text)
        .join()}]`;
    } catch (cause) {
      throw isMalformed(cause) ? strangeRow('a segment’s source or ranking that cannot be read', { cause }) : cause;
    }
  }

  /** Every row of one class and span, as far as it was there before an identifier was given. */
  at({ videoId, classId, startUs, endUs }: Segment, beforeId: number): Segment[] {
    return this.#at.all({ videoId, classId, startUs, endUs, beforeId }).map(toSegment);
  }

  /** What was accepted of these classes and overlaps a span of a video or touches it. */
  acceptedTouching(videoId: number, classIds: readonly number[], { startUs, endUs }: Span): Segment[] {
    return this.#acceptedTouching.all({ videoId, classIds: JSON.stringify(classIds), startUs, endUs }).map(toSegment);
  }

  /** Every row of a video, those of removed classes included. */
  rowsOfVideo(videoId: number): Segment[] {
    return this.#rowsOfVideo.all(videoId).map(toSegment);
  }

  /** Every row of a class, in removed videos too. */
  rowsOfClass(classId: number): Segment[] {
    return this.#rowsOfClass.all(classId).map(toSegment);
  }

  /** Every row with a value of an attribute, those of removed classes and videos included. */
  withAttribute(attributeId: number): Segment[] {
    return this.#withAttribute.all(String(attributeId)).map(toSegment);
  }

  get(id: number): Segment | null {
    const row = this.#get.get(id);
    return row === undefined ? null : toSegment(row);
  }

  put(value: Segment): void {
    this.#tally?.move(this.#counted.get(value.id) ?? null, value);
    this.#put.run(toRow(value));
  }

  drop(id: number): void {
    this.#tally?.move(this.#counted.get(id) ?? null, null);
    this.#drop.run(id);
  }

  /** How many there are in sight; `open` counts proposals from this score on. */
  counts(minimumScore: number): SegmentTally {
    if (this.#tally?.minimumScore === minimumScore) return this.#tally;
    const ids = (query: string): Set<number> =>
      new Set(
        this.#connection
          .prepare<[], { id: number }>(query)
          .all()
          .map(({ id }) => id),
      );
    this.#tally = new SegmentTally(this.#groups.all(minimumScore), {
      minimumScore,
      classIds: ids('SELECT id FROM classes WHERE removed = 0'),
      removedVideoIds: ids('SELECT id FROM videos WHERE removed = 1'),
    });
    return this.#tally;
  }

  /** They are counted anew when they are asked for next: what is in sight has changed, or rows were taken back. */
  forgetCounts(): void {
    this.#tally = null;
  }

  /** The first of the review queue in the order asked for, and how many it holds in all. */
  queue(query: QueueQuery): { total: number; segments: Segment[] } {
    const ask = <Row>(what: 'ids' | 'count'): Row[] => {
      const { text, given } = queueStatement(query, what);
      return this.#connection.prepare<[QueueParameters], Row>(text).all(given);
    };
    const ids = ask<{ readonly id: number }>('ids');
    const segments = ids.flatMap(({ id }) => this.get(id) ?? []);
    // Nothing is counted where all of it came.
    if (ids.length < query.limit) return { total: ids.length, segments };
    const { videoId, classIds } = query;
    const total = isTallied(query)
      ? [...new Set<number | null>(classIds ?? [null])].reduce<number>(
          (sum, id) => sum + this.counts(query.threshold).open(videoId, id),
          0,
        )
      : ask<{ readonly total: number }>('count')[0]!.total;
    return { total, segments };
  }

  /** Who decided on some segment, the most often first. */
  annotators(): string[] {
    return this.#annotators.all().map(({ annotator }) => annotator);
  }

  /** Who is named in some segment as acting, the most often first. */
  subjects(): string[] {
    return this.#subjects.all().map(({ subject }) => subject);
  }
}

const isMalformed = (error: unknown): boolean => error instanceof Error && /malformed JSON/.test(error.message);
