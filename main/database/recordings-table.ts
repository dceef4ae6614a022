import type Database from 'better-sqlite3';
import { recording, type Recording } from '#preload/domain/recording.ts';
import { readStored } from './stored-json.ts';

interface RecordingRow {
  readonly id: number;
  readonly video_id: number;
  readonly body: string;
}

const bodySchema = recording.omit({ id: true, videoId: true });

const toRecording = ({ id, video_id: videoId, body }: RecordingRow): Recording => ({
  id,
  videoId,
  ...readStored(bodySchema, body, 'a recording of a sensor'),
});

/** Rows of recordings of sensors. */
export class RecordingsTable {
  readonly #ofVideo: Database.Statement<[number], RecordingRow>;
  readonly #all: Database.Statement<[], RecordingRow>;
  readonly #get: Database.Statement<[number], RecordingRow>;
  readonly #put: Database.Statement<[RecordingRow]>;
  readonly #drop: Database.Statement<[number]>;

  constructor(connection: Database.Database) {
    this.#ofVideo = connection.prepare('SELECT * FROM recordings WHERE video_id = ? ORDER BY id');
    this.#all = connection.prepare('SELECT * FROM recordings ORDER BY id');
    this.#get = connection.prepare('SELECT * FROM recordings WHERE id = ?');
    this.#put = connection.prepare(
      `INSERT INTO recordings VALUES (@id, @video_id, @body)
       ON CONFLICT (id) DO UPDATE SET video_id = excluded.video_id, body = excluded.body`,
    );
    this.#drop = connection.prepare('DELETE FROM recordings WHERE id = ?');
  }

  /** In order of their coming. */
  ofVideo(videoId: number): Recording[] {
    return this.#ofVideo.all(videoId).map(toRecording);
  }

  all(): Recording[] {
    return this.#all.all().map(toRecording);
  }

  get(id: number): Recording | null {
    const row = this.#get.get(id);
    return row === undefined ? null : toRecording(row);
  }

  put({ id, videoId, ...body }: Recording): void {
    this.#put.run({ id, video_id: videoId, body: JSON.stringify(body) });
  }

  drop(id: number): void {
    this.#drop.run(id);
  }
}
