import type Database from 'better-sqlite3';
import { AttributesTable } from './attributes-table.ts';
import { ClassesTable } from './classes-table.ts';
import { CorrectionsQuery } from './corrections-query.ts';
import { EditsTable } from './edits-table.ts';
import { LayersTable } from './layers-table.ts';
import { JobsTable } from './jobs-table.ts';
import { RecordingsTable } from './recordings-table.ts';
import { RestorePointsTable } from './restore-points-table.ts';
import { ReviewsTable } from './reviews-table.ts';
import { SegmentsTable } from './segments-table.ts';
import { SettingsTable } from './settings-table.ts';
import { TurnsTable } from './turns-table.ts';
import { VersionsTable } from './versions-table.ts';
import { VideosTable } from './videos-table.ts';

/** The tables of one open project, over one connection that only this process writes through. */
export class ProjectDatabase {
  readonly videos: VideosTable;
  readonly attributes: AttributesTable;
  readonly classes: ClassesTable;
  readonly recordings: RecordingsTable;
  readonly segments: SegmentsTable;
  readonly reviews: ReviewsTable;
  readonly edits: EditsTable;
  readonly turns: TurnsTable;
  readonly restorePoints: RestorePointsTable;
  readonly layers: LayersTable;
  readonly jobs: JobsTable;
  readonly settings: SettingsTable;
  readonly corrections: CorrectionsQuery;
  readonly versions: VersionsTable;
  readonly #connection: Database.Database;
  #mayWrite: () => void = () => undefined;

  constructor(connection: Database.Database) {
    this.#connection = connection;
    this.attributes = new AttributesTable(connection);
    this.segments = new SegmentsTable(connection);
    const inSightAnew = (): void => this.segments.forgetCounts();
    this.videos = new VideosTable(connection, inSightAnew);
    this.classes = new ClassesTable(connection, inSightAnew);
    this.recordings = new RecordingsTable(connection);
    this.reviews = new ReviewsTable(connection);
    this.edits = new EditsTable(connection);
    this.turns = new TurnsTable(connection);
    this.restorePoints = new RestorePointsTable(connection);
    this.layers = new LayersTable(connection);
    this.jobs = new JobsTable(connection);
    this.settings = new SettingsTable(connection);
    this.corrections = new CorrectionsQuery(connection);
    this.versions = new VersionsTable(connection);
  }

  /** Asks `mayWrite` before every transaction; what it throws refuses it. */
  askBeforeWriting(mayWrite: () => void): void {
    this.#mayWrite = mayWrite;
  }

  /** Runs `work` as one transaction: all of it is on the disk when this returns, or none. It must not await anything. */
  transaction<Result>(work: () => Result): Result {
    this.#mayWrite();
    try {
      return this.#connection.transaction(work).immediate();
    } catch (error) {
      this.segments.forgetCounts();
      throw error;
    }
  }

  /**
   * The same for what can be found out again, as how a job ended: it survives the death of the program, but a loss of
   * power may undo it until the next durable transaction. So hundreds of jobs do not each wait for the disk.
   */
  relaxedTransaction<Result>(work: () => Result): Result {
    this.#connection.pragma('synchronous = NORMAL');
    try {
      return this.transaction(work);
    } finally {
      this.#connection.pragma('synchronous = FULL');
    }
  }

  /** Writes a whole copy into a new file. */
  copyTo(file: string): void {
    this.#connection.prepare('VACUUM INTO ?').run(file);
  }

  /** The identifier that the next new row gets; never one that was used before, even by a row that is gone. */
  nextId(table: 'segments' | 'classes' | 'attributes' | 'recordings'): number {
    const row = this.#connection
      .prepare<[string], { seq: number }>('SELECT seq FROM sqlite_sequence WHERE name = ?')
      .get(table);
    return (row?.seq ?? 0) + 1;
  }
}
