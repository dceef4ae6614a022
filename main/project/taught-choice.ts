import type { TaughtChoice } from '../engine/vocabulary.ts';
import type { OpenProject } from './open-project.ts';
import { usableLiveVersion, versionFile } from './versions.ts';

/** What corrections have taught, for the engine; null while there are none and nothing is live. */
export function taughtChoice(project: OpenProject): TaughtChoice | null {
  const { database } = project;
  const corrections = database.corrections.all();
  const version = usableLiveVersion(project, 'prompts');
  const edges = usableLiveVersion(project, 'boundaries');
  if (corrections.length === 0 && version === null && edges === null) return null;
  const reviewedIds = new Set(database.corrections.reviewedVideoIds());
  const wanted = new Set([...corrections.map(({ videoId }) => videoId), ...reviewedIds]);
  const videos = database.videos.present().filter(({ id }) => wanted.has(id));
  const endOf = (videoId: number): number => project.frames(videoId).lastEndUs;
  return {
    versionFile: version === null ? null : versionFile(project, version),
    boundaryFile: edges === null ? null : versionFile(project, edges),
    corrections: corrections.map(({ segmentId: _, ...correction }) => correction),
    reviewed: videos
      .filter(({ id }) => reviewedIds.has(id))
      .map(({ id }) => ({ videoId: id, span: { startUs: project.frames(id).firstStartUs, endUs: endOf(id) } })),
    videos: videos.map(({ id, name, checksum }) => ({ videoId: id, name, checksum, endUs: endOf(id) })),
  };
}
