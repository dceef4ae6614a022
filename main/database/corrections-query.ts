import type Database from 'better-sqlite3';

/** One decision of a person that teaches: an accepted segment, or a proposal that was rejected. */
export interface CorrectionRow {
  readonly segmentId: number;
  readonly videoId: number;
  readonly classId: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly decision: 'accepted' | 'rejected';
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
  readonly #reviewed: Database.Statement<[], { id: number }>;

  constructor(connection: Database.Database) {
    this.#all = connection.prepare(
      `SELECT segments.id AS segmentId, video_id AS videoId, class_id AS classId, start_us AS startUs, end_us AS endUs,
         state AS decision
       FROM segments JOIN classes ON classes.id = class_id AND classes.removed = 0
         JOIN videos ON videos.id = video_id AND videos.removed = 0 AND ${isSeen}
       WHERE state IN ('accepted', 'rejected') AND ambiguous = 0 ORDER BY video_id, start_us, segments.id`,
    );
    this.#reviewed = connection.prepare(
      `SELECT videos.id FROM videos WHERE removed = 0 AND ${isSeen} AND EXISTS (SELECT 1 FROM classes WHERE removed = 0)
         AND NOT EXISTS (SELECT 1 FROM classes WHERE removed = 0 AND NOT EXISTS (SELECT 1 FROM reviews
           WHERE video_id = videos.id AND class_id = classes.id AND state = 'complete'))
         AND NOT EXISTS (SELECT 1 FROM segments JOIN classes ON classes.id = class_id AND classes.removed = 0
           WHERE video_id = videos.id AND ambiguous = 1) ORDER BY id`,
    );
  }

  /** By video and time. */
  all(): CorrectionRow[] {
    return this.#all.all();
  }

  /** Videos in which every class is reviewed to the end, and nothing is ambiguous. */
  reviewedVideoIds(): number[] {
    return this.#reviewed.all().map(({ id }) => id);
  }
}
