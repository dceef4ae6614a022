import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Layer } from '#preload/contract/layers.ts';
import { segment, type Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { readStored } from './stored-json.ts';

/** A segment of a layer: without an identifier, since it is nothing that could be edited. */
export type LayerSegment = Omit<Segment, 'id'>;

/** What is stored of it as JSON. */
export const layerSegmentBody = segment.omit({ id: true, videoId: true, classId: true });

const layerParts = z.array(z.object({ startUs: z.int(), endUs: z.int() }));

interface SegmentRow {
  readonly layer_id: number;
  readonly video_id: number;
  readonly class_id: number;
  readonly body: string;
}

/** What other annotators decided, as it was brought here. */
export class LayersTable {
  readonly #present: Database.Statement<[], { id: number; name: string; added_at: number }>;
  readonly #videos: Database.Statement<[number], { video_id: number }>;
  readonly #add: Database.Statement<[string, number]>;
  readonly #addVideo: Database.Statement<[number, number, string | null]>;
  readonly #parts: Database.Statement<[number, number], { parts: string | null }>;
  readonly #addSegment: Database.Statement<[SegmentRow]>;
  readonly #remove: Database.Statement<[number]>;
  readonly #ofVideo: Database.Statement<[number, number], SegmentRow>;

  constructor(connection: Database.Database) {
    this.#present = connection.prepare('SELECT id, name, added_at FROM layers WHERE removed = 0 ORDER BY id');
    this.#videos = connection.prepare(
      `SELECT video_id FROM layer_videos JOIN videos ON videos.id = video_id AND videos.removed = 0
       WHERE layer_id = ? ORDER BY video_id`,
    );
    this.#add = connection.prepare('INSERT INTO layers (name, added_at) VALUES (?, ?)');
    this.#addVideo = connection.prepare(
      'INSERT OR IGNORE INTO layer_videos (layer_id, video_id, parts) VALUES (?, ?, ?)',
    );
    this.#parts = connection.prepare('SELECT parts FROM layer_videos WHERE layer_id = ? AND video_id = ?');
    this.#addSegment = connection.prepare(
      'INSERT INTO layer_segments (layer_id, video_id, class_id, body) VALUES (@layer_id, @video_id, @class_id, @body)',
    );
    this.#remove = connection.prepare('UPDATE layers SET removed = 1 WHERE id = ?');
    this.#ofVideo = connection.prepare(
      // Merged classes may have been merged on; a class that is there is its own end.
      `WITH RECURSIVE become (said, id) AS (
         SELECT DISTINCT class_id, class_id FROM layer_segments
         UNION
         SELECT said, merged_into FROM become JOIN classes USING (id)
         WHERE removed = 1 AND merged_into IS NOT NULL)
       SELECT layer_id, video_id, classes.id AS class_id, body FROM layer_segments
       JOIN become ON said = class_id JOIN classes ON classes.id = become.id AND classes.removed = 0
       WHERE video_id = ? AND layer_id = ? ORDER BY layer_segments.id`,
    );
  }

  /** In the order in which they came, without those that were removed. */
  present(): Layer[] {
    return this.#present.all().map(({ id, name, added_at }) => {
      const videoIds = this.#videos.all(id).map(({ video_id }) => video_id);
      const segmentCount = videoIds
        .flatMap((videoId) => this.ofVideo(id, videoId))
        .filter(({ state }) => state === 'accepted').length;
      return { id, name, videoIds, segmentCount, addedAt: added_at };
    });
  }

  /**
   * @param partsOf what its annotator was asked for of a video; null: all of it
   * @returns its id; the name gets a number where another layer has it
   */
  add(
    name: string,
    videoIds: readonly number[],
    segments: readonly LayerSegment[],
    partsOf: (videoId: number) => readonly Span[] | null = () => null,
  ): number {
    const taken = new Set(this.#present.all().map((row) => row.name));
    let [free, number] = [name, 2];
    while (taken.has(free)) {
      free = `${name} (${number})`;
      number += 1;
    }
    const id = Number(this.#add.run(free, Date.now()).lastInsertRowid);
    for (const videoId of videoIds) {
      const parts = partsOf(videoId)?.map(({ startUs, endUs }) => ({ startUs, endUs }));
      this.#addVideo.run(id, videoId, parts === undefined ? null : JSON.stringify(parts));
    }
    this.fill(id, segments);
    return id;
  }

  /** The rest of a layer that is being made. */
  fill(layerId: number, segments: readonly LayerSegment[]): void {
    for (const { videoId, classId, ...rest } of segments)
      this.#addSegment.run({ layer_id: layerId, video_id: videoId, class_id: classId, body: JSON.stringify(rest) });
  }

  /** What its annotator was asked for of a video; null: all of it. */
  partsOf(layerId: number, videoId: number): Span[] | null {
    const text = this.#parts.get(layerId, videoId)?.parts ?? null;
    return text === null ? null : readStored(layerParts, text, 'the parts of a layer');
  }

  remove(layerId: number): void {
    this.#remove.run(layerId);
  }

  /** By start time, without those of removed classes; of a class that was merged into another as of that. */
  ofVideo(layerId: number, videoId: number): LayerSegment[] {
    return this.#ofVideo
      .all(videoId, layerId)
      .map((row) => ({
        videoId: row.video_id,
        classId: row.class_id,
        ...readStored(layerSegmentBody, row.body, 'a segment of a layer'),
      }))
      .sort((a, b) => a.startUs - b.startUs || a.endUs - b.endUs);
  }
}
