import type Database from 'better-sqlite3';
import type { Review } from '#preload/domain/segment.ts';

interface ReviewRow {
  readonly video_id: number;
  readonly class_id: number;
  readonly state: Review['state'];
}

interface ReviewsOfClass {
  readonly classId: number;
  readonly complete: number;
  readonly inProgress: number;
}

const toReview = (row: ReviewRow): Review => ({ videoId: row.video_id, classId: row.class_id, state: row.state });

/** How far a person has looked, per (video x class); no row means `unseen`. */
export class ReviewsTable {
  readonly #ofVideo: Database.Statement<[number], ReviewRow>;
  readonly #get: Database.Statement<[number, number], ReviewRow>;
  readonly #put: Database.Statement<[ReviewRow]>;
  readonly #drop: Database.Statement<[number, number]>;
  readonly #isOfClass: Database.Statement<[number]>;
  readonly #completeOf: Database.Statement<[number], { count: number }>;
  readonly #byClass: Database.Statement<[], ReviewsOfClass>;
  readonly #complete: Database.Statement<[], { video_id: number; count: number }>;

  constructor(connection: Database.Database) {
    this.#ofVideo = connection.prepare(
      `SELECT reviews.* FROM reviews JOIN classes ON classes.id = class_id AND classes.removed = 0
       WHERE video_id = ? ORDER BY class_id`,
    );
    this.#get = connection.prepare('SELECT * FROM reviews WHERE video_id = ? AND class_id = ?');
    this.#put = connection.prepare(
      `INSERT INTO reviews VALUES (@video_id, @class_id, @state)
       ON CONFLICT (video_id, class_id) DO UPDATE SET state = excluded.state`,
    );
    this.#drop = connection.prepare('DELETE FROM reviews WHERE video_id = ? AND class_id = ?');
    this.#isOfClass = connection.prepare('SELECT 1 FROM reviews WHERE class_id = ? LIMIT 1');
    this.#completeOf = connection.prepare(
      `SELECT count(*) AS count FROM reviews JOIN classes ON classes.id = class_id AND classes.removed = 0
       WHERE video_id = ? AND state = 'complete'`,
    );
    this.#byClass = connection.prepare(
      `SELECT class_id AS classId, sum(state = 'complete') AS complete, sum(state = 'in-progress') AS inProgress
       FROM reviews JOIN videos ON videos.id = video_id AND videos.removed = 0 GROUP BY class_id`,
    );
    this.#complete = connection.prepare(
      `SELECT video_id, count(*) AS count FROM reviews JOIN classes ON classes.id = class_id AND classes.removed = 0
       WHERE state = 'complete' GROUP BY video_id`,
    );
  }

  /** Of one video, for the classes that are there. */
  ofVideo(videoId: number): Review[] {
    return this.#ofVideo.all(videoId).map(toReview);
  }

  get(videoId: number, classId: number): Review | null {
    const row = this.#get.get(videoId, classId);
    return row === undefined ? null : toReview(row);
  }

  /** Whether any video was reviewed for a class. */
  isOfClass(classId: number): boolean {
    return this.#isOfClass.get(classId) !== undefined;
  }

  put(value: Review): void {
    this.#put.run({ video_id: value.videoId, class_id: value.classId, state: value.state });
  }

  drop(videoId: number, classId: number): void {
    this.#drop.run(videoId, classId);
  }

  /** Number of complete classes of one video. */
  completeOf(videoId: number): number {
    return this.#completeOf.get(videoId)!.count;
  }

  /** In how many videos each class is reviewed; a class without any is left out. */
  byClass(): ReviewsOfClass[] {
    return this.#byClass.all();
  }

  /** Number of complete classes per video. */
  completeByVideo(): Map<number, number> {
    return new Map(this.#complete.all().map((row) => [row.video_id, row.count]));
  }
}
