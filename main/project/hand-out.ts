import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { durationUs, secondsOf, type Span } from '#preload/domain/span.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { EditLog } from '../annotation/edit-log.ts';
import { editOf } from '../annotation/edit-value.ts';
import { dealWork } from './deal-work.ts';
import { fileNameOf } from './file-names.ts';
import { partsOf } from './folder-parts.ts';
import { mediaPath, sizeOf } from './media-locator.ts';
import type { OpenProject } from './open-project.ts';
import { openProjectFolder, projectExtension } from './project-folder.ts';

export interface HandedOut {
  readonly annotator: string;
  readonly path: string;
  readonly videos: string[];
  /** Of videos that others label the rest of. */
  readonly parts: { readonly video: string; readonly startUs: number; readonly endUs: number }[];
  readonly seconds: number;
}

/** A video, or a part of one, that is dealt. */
interface Piece extends Span {
  readonly videoId: number;
}

/**
 * Writes a project for each annotator into `folder`: this one with a part of its videos, their features and what was
 * taught, and without the layers, so that everybody labels for themselves. A share `overlap` of the seconds goes to all;
 * videos longer than `partSeconds` are dealt in equal parts on frame boundaries.
 * Each is written whole or not at all. Fails with `bad-input` where a project of that name is there, or without videos.
 */
export function handOut(
  project: OpenProject,
  folder: string,
  annotators: readonly string[],
  {
    overlap,
    seed,
    partSeconds,
  }: { readonly overlap: number; readonly seed: number; readonly partSeconds: number | null },
): HandedOut[] {
  const videos = project.database.videos.present();
  if (videos.length === 0) throw new Failure('bad-input', say('The project has no videos to hand out.'), {});
  const paths = annotators.map((annotator) =>
    join(folder, `${fileNameOf(`${project.name} ${annotator}`)}${projectExtension}`),
  );
  const twice = paths.find((path, index) => existsSync(path) || paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new Failure(
      'bad-input',
      say('{{twice}} is there already: choose another folder or other names.', { twice }),
      { path: twice },
    );
  const pieces = videos.flatMap(({ id }) => piecesOf(id, project.frames(id), partSeconds));
  const seconds = pieces.map((piece) => secondsOf(durationUs(piece)));
  const nameOf = new Map(videos.map(({ id, name }) => [id, name]));
  return dealWork(seconds, annotators.length, overlap, seed).map((hand, index) => {
    const own = hand.map((at) => pieces[at]!);
    const parts = limitsOf(own, pieces);
    const ids = new Set(own.map(({ videoId }) => videoId));
    writePart(project, paths[index]!, ids, parts);
    return {
      annotator: annotators[index]!,
      path: paths[index]!,
      videos: [...ids].map((id) => nameOf.get(id)!),
      parts: parts.map(({ videoId, startUs, endUs }) => ({ video: nameOf.get(videoId)!, startUs, endUs })),
      seconds: hand.reduce((sum, at) => sum + seconds[at]!, 0),
    };
  });
}

function piecesOf(videoId: number, frames: FrameTable, partSeconds: number | null): Piece[] {
  const [fromUs, toUs] = [frames.firstStartUs, frames.lastEndUs];
  const count = partSeconds === null ? 1 : Math.max(1, Math.round(secondsOf(toUs - fromUs) / partSeconds));
  const edges = Array.from({ length: count + 1 }, (_, at) => frames.snapUs(fromUs + ((toUs - fromUs) * at) / count));
  const distinct = [...new Set(edges)];
  return distinct.slice(1).map((endUs, at) => ({ videoId, startUs: distinct[at]!, endUs }));
}

/** What is asked of videos that somebody has not all parts of, those side by side as one. */
function limitsOf(own: readonly Piece[], all: readonly Piece[]): Piece[] {
  return [...Map.groupBy(own, ({ videoId }) => videoId)].flatMap(([videoId, parts]) => {
    if (parts.length === all.filter((piece) => piece.videoId === videoId).length) return [];
    const limits: Piece[] = [];
    for (const part of parts) {
      const before = limits.at(-1);
      if (before?.endUs === part.startUs) limits.splice(-1, 1, { ...before, endUs: part.endUs });
      else limits.push(part);
    }
    return limits;
  });
}

function writePart(
  project: OpenProject,
  path: string,
  videoIds: ReadonlySet<number>,
  askedParts: readonly Piece[],
): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  const [from, to] = [project.folder, partsOf(unfinished)];
  try {
    for (const part of [to.features, to.proxies, to.tuned, to.backups]) mkdirSync(part, { recursive: true });
    project.database.copyTo(to.database);
    copyFiles(from.tuned, to.tuned, () => true);
    const keys = [...videoIds].flatMap((id) => project.database.videos.featureKeysOf(id));
    copyFiles(from.features, to.features, (name) => keys.some((key) => name.startsWith(`${key}.`)));
    limitTo(project, unfinished, path, videoIds, askedParts);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function copyFiles(from: string, to: string, isWanted: (name: string) => boolean): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !isWanted(entry.name)) continue;
    const target = join(to, entry.parentPath.slice(from.length));
    mkdirSync(target, { recursive: true });
    copyFileSync(join(entry.parentPath, entry.name), join(target, entry.name));
  }
}

/** Takes the other videos and all layers out of a copy, and tells it where the media are from its own place. */
function limitTo(
  project: OpenProject,
  copy: string,
  path: string,
  videoIds: ReadonlySet<number>,
  askedParts: readonly Piece[],
): void {
  const { opened, lock } = openProjectFolder(copy, project.appVersion);
  const { database } = opened;
  try {
    const videos = database.videos.present();
    const others = videos.filter(({ id }) => !videoIds.has(id));
    new EditLog(database, () => undefined).commit(() =>
      editOf(say('Hand out a part'), 'import', 'silent', {
        videos: others.map(({ id }) => ({ before: { id, removed: false }, after: { id, removed: true } })),
      }),
    );
    database.transaction(() => {
      database.settings.write({ askedParts: [...askedParts] });
      for (const { id } of database.layers.present()) database.layers.remove(id);
      for (const video of videos) {
        const media = project.mediaOf(video);
        if (media !== null) database.videos.setPath(video.id, mediaPath(path, media, sizeOf(media) ?? 0));
      }
    });
  } finally {
    opened.close();
    lock?.release();
  }
}
