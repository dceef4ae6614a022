import type Database from 'better-sqlite3';
import { videoFacts } from '#preload/domain/video-facts.ts';
import type { Split } from '#preload/domain/split.ts';
import type { VideoFacts } from '#preload/domain/video-facts.ts';
import { readStored } from './stored-json.ts';
import { frameTableFromBlob, frameTableToBlob } from './frame-table-blob.ts';

/** Where a media file was last seen. */
export interface MediaPath {
  /** From the project folder, with `/`; null where there is none (another drive). */
  readonly relativePath: string | null;
  readonly absolutePath: string;
  readonly sizeBytes: number;
}

/** A video as stored. Its frame table is read apart, since it is large. */
export interface StoredVideo extends MediaPath {
  readonly id: number;
  readonly name: string;
  readonly checksum: string;
  readonly facts: VideoFacts;
  /** File name inside `proxies/`, once it is made. */
  readonly proxy: string | null;
  readonly removed: boolean;
  readonly split: Split | null;
  readonly addedAt: number;
}

interface VideoRow {
  readonly id: number;
  readonly name: string;
  readonly relative_path: string | null;
  readonly absolute_path: string;
  readonly size_bytes: number;
  readonly checksum: string;
  readonly facts: string;
  readonly proxy: string | null;
  readonly removed: number;
  readonly split: Split | null;
  readonly added_at: number;
}

const toVideo = (row: VideoRow): StoredVideo => ({
  id: row.id,
  name: row.name,
  relativePath: row.relative_path,
  absolutePath: row.absolute_path,
  sizeBytes: row.size_bytes,
  checksum: row.checksum,
  facts: readStored(videoFacts, row.facts, `facts of ${row.name}`),
  proxy: row.proxy,
  removed: row.removed === 1,
  split: row.split,
  addedAt: row.added_at,
});

const columns = 'id, name, relative_path, absolute_path, size_bytes, checksum, facts, proxy, removed, split, added_at';

/** Rows of videos and of the features stored for them. */
export class VideosTable {
  readonly #present: Database.Statement<[], VideoRow>;
  readonly #get: Database.Statement<[number], VideoRow>;
  readonly #byChecksum: Database.Statement<[string], VideoRow>;
  readonly #frames: Database.Statement<[number], { frames: Buffer }>;
  readonly #insert: Database.Statement<
    [Omit<VideoRow, 'id' | 'proxy' | 'removed' | 'split'> & { readonly frames: Buffer }]
  >;
  readonly #setRemoved: Database.Statement<[number, number]>;
  readonly #setSplit: Database.Statement<[Split | null, number]>;
  readonly #setPath: Database.Statement<[string | null, string, number, number]>;
  readonly #setProxy: Database.Statement<[string | null, number]>;
  readonly #features: Database.Statement<[string, number], { video_id: number; key: string }>;
  readonly #setFeatures: Database.Statement<[number, string, number, string]>;

  readonly #giveUpChecksum: Database.Statement<[string, number]>;
  readonly #setFacts: Database.Statement<[string, number]>;
  readonly #featuresOf: Database.Statement<[number], { key: string }>;
  readonly #dropFeatures: Database.Statement<[number]>;

  readonly #inSightAnew: () => void;

  /** `inSightAnew` is told when a video goes out of sight or comes back. */
  constructor(connection: Database.Database, inSightAnew: () => void) {
    this.#inSightAnew = inSightAnew;
    this.#giveUpChecksum = connection.prepare('UPDATE videos SET checksum = ?, proxy = NULL WHERE id = ?');
    this.#setFacts = connection.prepare('UPDATE videos SET facts = ? WHERE id = ?');
    this.#featuresOf = connection.prepare('SELECT key FROM features WHERE video_id = ?');
    this.#dropFeatures = connection.prepare('DELETE FROM features WHERE video_id = ?');
    this.#present = connection.prepare(`SELECT ${columns} FROM videos WHERE removed = 0 ORDER BY id`);
    this.#get = connection.prepare(`SELECT ${columns} FROM videos WHERE id = ?`);
    this.#byChecksum = connection.prepare(`SELECT ${columns} FROM videos WHERE checksum = ?`);
    this.#frames = connection.prepare('SELECT frames FROM videos WHERE id = ?');
    this.#insert = connection.prepare(
      `INSERT INTO videos (name, relative_path, absolute_path, size_bytes, checksum, facts, frames, added_at)
       VALUES (@name, @relative_path, @absolute_path, @size_bytes, @checksum, @facts, @frames, @added_at)`,
    );
    this.#setRemoved = connection.prepare('UPDATE videos SET removed = ? WHERE id = ?');
    this.#setSplit = connection.prepare('UPDATE videos SET split = ? WHERE id = ?');
    this.#setPath = connection.prepare(
      'UPDATE videos SET relative_path = ?, absolute_path = ?, size_bytes = ? WHERE id = ?',
    );
    this.#setProxy = connection.prepare('UPDATE videos SET proxy = ? WHERE id = ?');
    this.#features = connection.prepare('SELECT video_id, key FROM features WHERE model = ? AND sampling_fps = ?');
    this.#setFeatures = connection.prepare(
      `INSERT INTO features VALUES (?, ?, ?, ?) ON CONFLICT (video_id, model, sampling_fps) DO UPDATE SET key = excluded.key`,
    );
  }

  /** In the order in which they were added, without those that were removed. */
  present(): StoredVideo[] {
    return this.#present.all().map(toVideo);
  }

  /** A removed one too. */
  get(id: number): StoredVideo | null {
    const row = this.#get.get(id);
    return row === undefined ? null : toVideo(row);
  }

  /** A removed one too. */
  byChecksum(checksum: string): StoredVideo | null {
    const row = this.#byChecksum.get(checksum);
    return row === undefined ? null : toVideo(row);
  }

  /** `[N + 1]` microseconds, as `FrameTable.fromArray` reads them; null for an unknown video. */
  frames(id: number): Float64Array | null {
    const row = this.#frames.get(id);
    return row === undefined ? null : frameTableFromBlob(row.frames);
  }

  insert(value: Omit<StoredVideo, 'id' | 'proxy' | 'removed' | 'split'> & { readonly frames: Float64Array }): number {
    const result = this.#insert.run({
      name: value.name,
      relative_path: value.relativePath,
      absolute_path: value.absolutePath,
      size_bytes: value.sizeBytes,
      checksum: value.checksum,
      facts: JSON.stringify(value.facts),
      frames: frameTableToBlob(value.frames),
      added_at: value.addedAt,
    });
    return Number(result.lastInsertRowid);
  }

  /** Gives up the checksum, and with it the copy for the player and the features that are filed under it. */
  giveUpChecksum(id: number, checksum: string): void {
    this.#giveUpChecksum.run(checksum, id);
    this.#dropFeatures.run(id);
  }

  setFacts(id: number, facts: VideoFacts): void {
    this.#setFacts.run(JSON.stringify(facts), id);
  }

  /** Keys of all features that are stored for a video. */
  featureKeysOf(id: number): string[] {
    return this.#featuresOf.all(id).map(({ key }) => key);
  }

  setRemoved(id: number, removed: boolean): void {
    this.#setRemoved.run(removed ? 1 : 0, id);
    this.#inSightAnew();
  }

  /** Null: in no part of the data set. */
  setSplit(id: number, split: Split | null): void {
    this.#setSplit.run(split, id);
  }

  setPath(id: number, path: MediaPath): void {
    this.#setPath.run(path.relativePath, path.absolutePath, path.sizeBytes, id);
  }

  /** Null where there is none any more. */
  setProxy(id: number, fileName: string | null): void {
    this.#setProxy.run(fileName, id);
  }

  /** Feature keys by video, as far as recorded for this model and sampling rate. */
  featureKeys(model: string, samplingFps: number): Map<number, string> {
    return new Map(this.#features.all(model, samplingFps).map((row) => [row.video_id, row.key]));
  }

  setFeatureKey(videoId: number, model: string, samplingFps: number, key: string): void {
    this.#setFeatures.run(videoId, model, samplingFps, key);
  }
}
