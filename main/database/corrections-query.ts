import type Database from 'better-sqlite3';
import type { Split } from '#preload/domain/split.ts';

/** One decision of a person that teaches: an accepted segment, or a proposal that was rejected. */
export interface CorrectionRow {
  readonly segmentId: number;
  readonly videoId: number;
  readonly classId: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly decision: 'accepted' | 'rejected';
}

/** Accepted segments of a class, or what was rejected (null). */
export interface CorrectionCount {
  readonly classId: number | null;
  readonly count: number;
}

/** Videos kept for validation and testing teach nothing: what is learned is measured on them. */
const isSeen = `(videos.split IS NULL OR videos.split = 'train')`;

/**
 * Everything that people decided for certain and that may teach, in videos and classes that are there; and which videos
 * are reviewed completely. What is ambiguous is no example, and since it is no counterexample either, the rest of its video
 * is not taken for time in which nothing happens.
 */
export class CorrectionsQuery {
  readonly #all: Database.Statement<[], CorrectionRow>;
  readonly #counts: Database.Statement<[], CorrectionCount>;
  readonly #first: Database.Statement<[number], CorrectionRow>;
  readonly #some: Database.Statement<[{ classId: number | null; limit: number }], CorrectionRow>;
  readonly #acceptedVideos: Database.Statement<[], { id: number }>;
  readonly #reviewed: Database.Statement<[], { id: number }>;
  readonly #reviewedOfSplit: Database.Statement<[Split], { id: number }>;
  readonly #acceptedIn: Database.Statement<[number], Omit<CorrectionRow, 'videoId' | 'decision'>>;

  constructor(connection: Database.Database) {
    const columns = `segments.id AS segmentId, video_id AS videoId, class_id AS classId, start_us AS startUs,
      end_us AS endUs, state AS decision`;
    const taught = `FROM segments JOIN classes ON classes.id = class_id AND classes.removed = 0
        JOIN videos ON videos.id = video_id AND videos.removed = 0 AND ${isSeen}
      WHERE state IN ('accepted', 'rejected') AND ambiguous = 0`;
    const order = 'video_id, start_us, segments.id';
    // What is rejected is none of the classes, whichever it was proposed as.
    const group = `iif(state = 'rejected', NULL, class_id)`;
    this.#all = connection.prepare(`SELECT ${columns} ${taught} ORDER BY ${order}`);
    this.#counts = connection.prepare(`SELECT ${group} AS classId, count(*) AS count ${taught} GROUP BY 1`);
    this.#first = connection.prepare(
      `SELECT * FROM (SELECT ${columns}, row_number() OVER (PARTITION BY ${group} ORDER BY ${order}) AS place ${taught})
       WHERE place <= ? ORDER BY place`,
    );
    this.#some = connection.prepare(
      `SELECT ${columns} ${taught} AND ${group} IS @classId ORDER BY ${order} LIMIT @limit`,
    );
    this.#acceptedVideos = connection.prepare(`SELECT DISTINCT video_id AS id ${taught} AND state = 'accepted'`);
    const reviewed = (isMeant: string): string =>
      `SELECT videos.id FROM videos WHERE removed = 0 AND ${isMeant} AND EXISTS (SELECT 1 FROM classes WHERE removed = 0)
         AND NOT EXISTS (SELECT 1 FROM classes WHERE removed = 0 AND NOT EXISTS (SELECT 1 FROM reviews
           WHERE video_id = videos.id AND class_id = classes.id AND state = 'complete'))
         AND NOT EXISTS (SELECT 1 FROM segments JOIN classes ON classes.id = class_id AND classes.removed = 0
           WHERE video_id = videos.id AND ambiguous = 1) ORDER BY id`;
    this.#reviewed = connection.prepare(reviewed(isSeen));
    this.#reviewedOfSplit = connection.prepare(reviewed('videos.split = ?'));
    this.#acceptedIn = connection.prepare(
      `SELECT id AS segmentId, class_id AS classId, start_us AS startUs, end_us AS endUs FROM segments
       WHERE video_id = ? AND state = 'accepted' ORDER BY start_us, id`,
    );
  }

  /** By video and time. */
  all(): CorrectionRow[] {
    return this.#all.all();
  }

  /** How many there are of each class that has any, and rejected ones. */
  counts(): CorrectionCount[] {
    return this.#counts.all();
  }

  /** How many there are in all. */
  count(): number {
    return this.counts().reduce((sum, { count }) => sum + count, 0);
  }

  /** The first few by video and time of each class, and of those that were rejected. */
  first(ofEach: number): CorrectionRow[] {
    return this.#first.all(ofEach);
  }

  /** The first `limit` by video and time of one class, or of those that were rejected (null). */
  some(classId: number | null, limit: number): CorrectionRow[] {
    return this.#some.all({ classId, limit });
  }

  /** Videos with something that was accepted. */
  acceptedVideoIds(): Set<number> {
    return new Set(this.#acceptedVideos.all().map(({ id }) => id));
  }

  /** Videos in which every class is reviewed to the end, and nothing is ambiguous. */
  reviewedVideoIds(): number[] {
    return this.#reviewed.all().map(({ id }) => id);
  }

  /** The same of a part of the data set that nothing is learned from. */
  reviewedVideoIdsOf(split: Split): number[] {
    return this.#reviewedOfSplit.all(split).map(({ id }) => id);
  }

  /** Accepted segments of one video, whichever part it belongs to, by time. */
  acceptedIn(videoId: number): Omit<CorrectionRow, 'videoId' | 'decision'>[] {
    return this.#acceptedIn.all(videoId);
  }
}
