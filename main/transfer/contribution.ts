import type { Segment } from '#preload/domain/segment.ts';
import { microsecondsOf } from '#preload/domain/span.ts';
import { openDatabaseToLook } from '../database/open-database.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { partNames, partsOf } from '../project/folder-parts.ts';
import { refuseStrangeEntries } from '../project/links-out.ts';
import type { OpenProject } from '../project/open-project.ts';
import { projectName } from '../project/project-folder.ts';
import type { ImportedSegment } from './annotation-set.ts';
import { decisionsOf } from './decisions-of.ts';
import { soleAnnotator } from './layer-of-file.ts';
import { meetVideos } from './meet-videos.ts';
import type { FileOfAnnotations } from './read-on-thread.ts';
import type { AskedSpans } from './work-cells.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** What one other project says, and which of its videos are here. */
export interface Contribution {
  readonly name: string;
  readonly said: FileOfAnnotations;
  /** This project's video for each of its own; null: not here. */
  readonly videoIds: readonly (number | null)[];
  /** Of those, what it was asked to label. */
  readonly asked: AskedSpans;
  readonly warnings: readonly Saying[];
}

/** Fails as opening a project does. */
export function contributionOf(project: OpenProject, path: string): Contribution {
  refuseStrangeEntries(path, partNames);
  const folder = partsOf(path);
  const opened = openDatabaseToLook({
    file: folder.database,
    backupFolder: folder.backups,
    appVersion: project.appVersion,
  });
  try {
    const said = decisionsOf(opened.database, projectName(path));
    const { videos, warnings } = meetVideos(said, project.database.videos.present());
    return {
      name: soleAnnotator(said) ?? projectName(path),
      said,
      videoIds: videos.map((video) => video?.id ?? null),
      asked: askedOf(opened.database, said, videos),
      warnings: warnings.map((warning) => say('{{project}}: {{warning}}', { project: projectName(path), warning })),
    };
  } finally {
    opened.close();
  }
}

/** What a project was asked to label, by the videos here. */
function askedOf(
  database: ProjectDatabase,
  { videos }: FileOfAnnotations,
  here: readonly ({ readonly id: number } | null)[],
): AskedSpans {
  const idOf = new Map(videos.map(({ checksum }, index) => [checksum, here[index]?.id]));
  const checksums = new Map(database.videos.present().map(({ id, checksum }) => [id, checksum]));
  const parts = database.settings.read().askedParts.flatMap(({ videoId, startUs, endUs }) => {
    const id = idOf.get(checksums.get(videoId) ?? null);
    return id === undefined ? [] : [{ id, startUs, endUs }];
  });
  return Map.groupBy(parts, ({ id }) => id);
}

/** A decision about a segment. */
export interface Decided {
  readonly videoId: number;
  readonly startUs: number;
  /** Equal for decisions that say the same of a video. */
  readonly text: string;
}

/** What a contribution says with a segment; null where its video is not here. */
export function decidedOf({ said, videoIds }: Contribution, segment: ImportedSegment): Decided | null {
  const videoId = videoIds[segment.video];
  if (videoId == null || !('startS' in segment)) return null;
  const span = { startUs: microsecondsOf(segment.startS), endUs: microsecondsOf(segment.endS) };
  const text = textOf({ ...segment, ...span }, said.classes[segment.class!]!.name);
  return { videoId, startUs: span.startUs, text };
}

export const textOf = ({ startUs, endUs, state }: Pick<Segment, 'startUs' | 'endUs' | 'state'>, name: string): string =>
  JSON.stringify([name.toLowerCase(), startUs, endUs, state]);
