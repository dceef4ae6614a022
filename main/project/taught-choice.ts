import { join } from 'node:path';
import type { TaughtChoice } from '../engine/vocabulary.ts';
import type { StoredVersion } from '../database/tuned-versions-table.ts';
import type { OpenProject } from './open-project.ts';

/** The live version, where it was tuned for the project's model; else null. */
export function usableLiveVersion(project: OpenProject): StoredVersion | null {
  const live = project.database.tunedVersions.live();
  return live !== null && live.model === project.settings.model ? live : null;
}

/** What corrections have taught, for the engine; null while there are none and nothing is live. */
export function taughtChoice(project: OpenProject): TaughtChoice | null {
  const { database, folder } = project;
  const corrections = database.corrections.all();
  const version = usableLiveVersion(project);
  if (corrections.length === 0 && version === null) return null;
  const reviewedIds = new Set(database.corrections.reviewedVideoIds());
  const wanted = new Set([...corrections.map(({ videoId }) => videoId), ...reviewedIds]);
  const videos = database.videos.present().filter(({ id }) => wanted.has(id));
  const endOf = (videoId: number): number => project.frames(videoId).lastEndUs;
  return {
    versionFile: version === null ? null : join(folder.tuned, version.file),
    corrections: corrections.map(({ segmentId: _, ...correction }) => correction),
    reviewed: videos
      .filter(({ id }) => reviewedIds.has(id))
      .map(({ id }) => ({ videoId: id, span: { startUs: project.frames(id).firstStartUs, endUs: endOf(id) } })),
    videos: videos.map(({ id, name, checksum }) => ({ videoId: id, name, checksum, endUs: endOf(id) })),
  };
}
