import { isDeepStrictEqual } from 'node:util';
import { keyedChanges, rowKinds } from '#preload/domain/edit.ts';
import type { RowKind, RowOf } from '#preload/domain/edit.ts';
import { isUntouchedProposal } from '../annotation/replace-proposals.ts';
import type { ProjectDatabase } from '../database/project-database.ts';

/**
 * Does every edit of the log again, in memory, and answers in words where the rows are not what came of it. Proposals
 * that nobody has touched are left out: model runs replace them, and forget what they replaced.
 */
export function differencesFromLog(database: ProjectDatabase): string[] {
  const log: { readonly [Kind in RowKind]: Map<unknown, RowOf<Kind>> } = {
    classes: new Map(),
    segments: new Map(),
    reviews: new Map(),
    videos: new Map(),
    splits: new Map(),
    attributes: new Map(),
    recordings: new Map(),
  };
  for (const { standing, edit } of database.edits.each()) {
    if (standing !== 'done') continue;
    for (const kind of rowKinds) {
      const rows: Map<unknown, unknown> = log[kind];
      for (const { key, after } of keyedChanges(edit, kind)) {
        if (after === null) rows.delete(key);
        else rows.set(key, after);
      }
    }
  }
  const { attributes, classes, recordings, segments, reviews, videos } = database;
  const faults: string[] = [];
  const compare = (what: string, told: unknown, found: unknown): void => {
    if (isDeepStrictEqual(told, found)) return;
    const is = found === null ? 'is gone' : 'is not as it was edited';
    faults.push(`${what} ${is}`);
  };
  for (const told of log.classes.values()) compare(`class ${told.id} "${told.name}"`, told, classes.get(told.id));
  for (const told of log.segments.values())
    if (!isUntouchedProposal(told) && log.classes.has(told.classId))
      compare(`segment ${told.id} of video ${told.videoId}`, told, segments.get(told.id));
  for (const told of log.reviews.values())
    compare(
      `the review of class ${told.classId} in video ${told.videoId}`,
      told,
      reviews.get(told.videoId, told.classId),
    );
  for (const { id, removed } of log.videos.values()) compare(`video ${id}`, removed, videos.get(id)?.removed ?? null);
  for (const { videoId: id, split } of log.splits.values())
    compare(`the split of video ${id}`, split, videos.get(id)?.split ?? null);
  for (const told of log.attributes.values())
    compare(`attribute ${told.id} "${told.name}"`, told, attributes.get(told.id));
  for (const told of log.recordings.values())
    compare(`recording ${told.id} "${told.name}"`, told, recordings.get(told.id));
  return faults;
}
