import type { TaughtChoice } from '../engine/vocabulary.ts';
import type { OpenProject } from './open-project.ts';
import { usableLiveVersion, versionFile } from './versions.ts';

/** What videos and corrections teach, for the engine. */
export function taughtChoice(project: OpenProject): TaughtChoice {
  const { database } = project;
  const version = usableLiveVersion(project, 'prompts');
  const edges = usableLiveVersion(project, 'boundaries');
  const lesson = usableLiveVersion(project, 'corrections');
  const reviewedIds = new Set(database.corrections.reviewedVideoIds());
  const videos = database.videos.present();
  return {
    versionFile: version === null ? null : versionFile(project, version),
    boundaryFile: edges === null ? null : versionFile(project, edges),
    lessonFile: lesson === null ? null : versionFile(project, lesson),
    corrections: database.corrections.all().map(({ segmentId: _, ...correction }) => correction),
    reviewed: videos
      .filter(({ id }) => reviewedIds.has(id))
      .map(({ id, facts }) => ({ videoId: id, span: { startUs: facts.firstFrameUs, endUs: facts.endUs } })),
    videos: videos.map(({ id, name, checksum, facts }) => ({ videoId: id, name, checksum, endUs: facts.endUs })),
  };
}
