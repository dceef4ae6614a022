import { isDeepStrictEqual } from 'node:util';
import type { RowChange } from '#preload/domain/edit.ts';
import { isUntouchedProposal } from '../annotation/replace-proposals.ts';
import type { ProjectDatabase } from '../database/project-database.ts';

/**
 * Does every edit of the log again, in memory, and answers in words where the rows are not what came of it. Proposals
 * that nobody has touched are left out: model runs replace them, and forget what they replaced.
 */
export function differencesFromLog(database: ProjectDatabase): string[] {
  const log = {
    classes: new Map(),
    segments: new Map(),
    reviews: new Map(),
    videos: new Map(),
    splits: new Map(),
    attributes: new Map(),
  } satisfies Rows;
  for (const { standing, edit } of database.edits.each()) {
    if (standing !== 'done') continue;
    replay(log.classes, edit.classes, ({ id }) => id);
    replay(log.segments, edit.segments, ({ id }) => id);
    replay(log.reviews, edit.reviews, ({ videoId, classId }) => `${videoId} ${classId}`);
    replay(log.videos, edit.videos, ({ id }) => id);
    replay(log.splits, edit.splits, ({ videoId }) => videoId);
    replay(log.attributes, edit.attributes, ({ id }) => id);
  }
  const { attributes, classes, segments, reviews, videos } = database;
  const faults: string[] = [];
  const compare = (what: string, told: unknown, found: unknown): void => {
    if (isDeepStrictEqual(told, found)) return;
    const is = found === null ? 'is gone' : 'is not as it was edited';
    faults.push(`${what} ${is}`);
  };
  for (const [id, told] of log.classes) compare(`class ${id} "${told.name}"`, told, classes.get(id));
  for (const [id, told] of log.segments)
    if (!isUntouchedProposal(told) && log.classes.has(told.classId))
      compare(`segment ${id} of video ${told.videoId}`, told, segments.get(id));
  for (const told of log.reviews.values())
    compare(
      `the review of class ${told.classId} in video ${told.videoId}`,
      told,
      reviews.get(told.videoId, told.classId),
    );
  for (const [id, { removed }] of log.videos) compare(`video ${id}`, removed, videos.get(id)?.removed ?? null);
  for (const [id, { split }] of log.splits) compare(`the split of video ${id}`, split, videos.get(id)?.split ?? null);
  for (const [id, told] of log.attributes) compare(`attribute ${id} "${told.name}"`, told, attributes.get(id));
  return faults;
}

type Rows = {
  readonly [Name in 'attributes' | 'classes' | 'segments' | 'reviews' | 'videos' | 'splits']: Map<unknown, unknown>;
};

function replay<Key, Row>(rows: Map<Key, Row>, changes: readonly RowChange<Row>[], keyOf: (row: Row) => Key): void {
  for (const { before, after } of changes) {
    if (after !== null) rows.set(keyOf(after), after);
    else if (before !== null) rows.delete(keyOf(before));
  }
}
