import { readFile } from 'node:fs/promises';
import { basename, parse } from 'node:path';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Review, Segment } from '#preload/domain/segment.ts';
import { newClass } from '../annotation/add-class.ts';
import { classNameKey } from '../annotation/class-names.ts';
import { importEdit } from '../annotation/import-edit.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { ImportedAnnotations, ImportedVideo } from './annotation-set.ts';
import { unknownFormat } from './export-annotations.ts';
import { formats } from './formats.ts';

/**
 * Reads a file into the project as one undoable edit. Videos are known by checksum, else by file name; what belongs to
 * others is left out and named. Fails with `bad-input`, `not-found` or `unreadable-annotations`, before anything changes.
 */
export async function importAnnotations(
  project: OpenProject,
  formatId: string,
  path: string,
): Promise<{ addedSegments: number; addedClasses: number; unchanged: number; warnings: string[] }> {
  const format = formats.find(({ id }) => id === formatId);
  if (format?.read === undefined) throw unknownFormat(formatId, 'read');
  const imported = format.read(await readFile(path, 'utf8'));
  const warnings: string[] = [];
  const { database } = project;

  const {
    edit: _edit,
    overruled,
    ...outcome
  } = project.edits.commit(() => {
    const videos = matchVideos(imported, database.videos.present(), warnings);
    const { classOf, added } = matchClasses(imported, database.classes.all(), database.nextId('classes'));
    let nextId = database.nextId('segments');
    const segments = imported.segments.flatMap((segment): Segment[] => {
      const video = videos[segment.video];
      if (video === undefined || video === null) return [];
      const { startUs, endUs } = project.frames(video.id).snapSpan(segment);
      const { state, score, source, touched, note } = segment;
      return [
        {
          id: nextId++,
          videoId: video.id,
          classId: classOf[segment.class]!,
          startUs,
          endUs,
          state,
          score,
          source,
          touched,
          ranking: segment.ranking.map((entry) => ({ classId: classOf[entry.class]!, probability: entry.probability })),
          note,
        },
      ];
    });
    const reviews = imported.videos.flatMap((file, index): Review[] => {
      const video = videos[index];
      if (video === undefined || video === null) return [];
      return file.reviews.map((review) => ({
        videoId: video.id,
        classId: classOf[review.class]!,
        state: review.state,
      }));
    });
    const touchedVideos = [...new Set(videos.flatMap((video) => video?.id ?? []))];
    return importEdit(
      `Import ${basename(path)}`,
      { classes: added, segments, reviews },
      {
        segments: touchedVideos.flatMap((id) => database.segments.ofVideo(id)),
        reviews: touchedVideos.flatMap((id) => database.reviews.ofVideo(id)),
      },
    );
  });
  if (overruled > 0) warnings.push(`${overruled} segments differ from what was decided here; yours were kept.`);
  return { ...outcome, warnings };
}

function matchVideos(
  imported: ImportedAnnotations,
  present: readonly StoredVideo[],
  warnings: string[],
): (StoredVideo | null)[] {
  return imported.videos.map((file, index) => {
    const byContent = present.find((video) => video.checksum === file.checksum);
    if (byContent !== undefined) return byContent;
    const byName = namesakes(present, fileNameOf(file));
    const count = imported.segments.filter((segment) => segment.video === index).length;
    if (byName.length === 1) {
      if (file.checksum !== null)
        warnings.push(`${file.fileName} is not the same file as the one here; ${segmentCount(count)} taken by name.`);
      return byName[0]!;
    }
    const reason = byName.length > 1 ? 'several videos here have that name' : 'it is not in the project';
    warnings.push(`${file.fileName || `Video ${index + 1}`}: ${reason}; ${segmentCount(count)} left out.`);
    return null;
  });
}

const segmentCount = (count: number): string => (count === 1 ? '1 segment was' : `${count} segments were`);

/** By whole file name, else by the name without extension, as datasets name their videos. */
function namesakes(present: readonly StoredVideo[], name: string): StoredVideo[] {
  const exact = present.filter((video) => video.name === name);
  return exact.length > 0 ? exact : present.filter((video) => parse(video.name).name === name);
}

const fileNameOf = ({ fileName }: ImportedVideo): string => fileName.split(/[/\\]/u).at(-1) ?? '';

function matchClasses(
  imported: ImportedAnnotations,
  all: readonly ActionClass[],
  firstNewId: number,
): { readonly classOf: readonly number[]; readonly added: readonly ActionClass[] } {
  const known = all.filter((value) => !value.removed);
  const added: ActionClass[] = [];
  const classOf = imported.classes.map((wished) => {
    const key = classNameKey(wished.name);
    const match = [...known, ...added].find((value) => classNameKey(value.name) === key);
    if (match !== undefined) return match.id;
    const made = newClass(firstNewId + added.length, wished, [...known, ...added]);
    added.push(made);
    return made.id;
  });
  return { classOf, added };
}
