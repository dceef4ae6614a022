import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
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
  readonly seconds: number;
}

/**
 * Writes a project for each annotator into `folder`: this one with a part of its videos, their features and what was
 * taught, and without the layers, so that everybody labels for themselves. A share `overlap` of the seconds goes to all.
 * Each is written whole or not at all. Fails with `bad-input` where a project of that name is there, or without videos.
 */
export function handOut(
  project: OpenProject,
  folder: string,
  annotators: readonly string[],
  overlap: number,
  seed: number,
): HandedOut[] {
  const videos = project.database.videos.present();
  if (videos.length === 0) throw new Failure('bad-input', 'The project has no videos to hand out.', {});
  const paths = annotators.map((annotator) =>
    join(folder, `${fileNameOf(`${project.name} ${annotator}`)}${projectExtension}`),
  );
  const twice = paths.find((path, index) => existsSync(path) || paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new Failure('bad-input', `${twice} is there already: choose another folder or other names.`, { path: twice });
  const seconds = videos.map(({ facts }) => facts.endUs / 1_000_000);
  return dealWork(seconds, annotators.length, overlap, seed).map((hand, index) => {
    const ids = new Set(hand.map((at) => videos[at]!.id));
    writePart(project, paths[index]!, ids);
    return {
      annotator: annotators[index]!,
      path: paths[index]!,
      videos: hand.map((at) => videos[at]!.name),
      seconds: hand.reduce((sum, at) => sum + seconds[at]!, 0),
    };
  });
}

function writePart(project: OpenProject, path: string, videoIds: ReadonlySet<number>): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  const [from, to] = [project.folder, partsOf(unfinished)];
  try {
    for (const part of [to.features, to.proxies, to.tuned, to.backups]) mkdirSync(part, { recursive: true });
    project.database.copyTo(to.database);
    copyFiles(from.tuned, to.tuned, () => true);
    const keys = [...videoIds].flatMap((id) => project.database.videos.featureKeysOf(id));
    copyFiles(from.features, to.features, (name) => keys.some((key) => name.startsWith(`${key}.`)));
    limitTo(project, unfinished, path, videoIds);
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
function limitTo(project: OpenProject, copy: string, path: string, videoIds: ReadonlySet<number>): void {
  const { opened, lock } = openProjectFolder(copy, project.appVersion);
  const { database } = opened;
  try {
    const videos = database.videos.present();
    const others = videos.filter(({ id }) => !videoIds.has(id));
    new EditLog(database, () => undefined).commit(() =>
      editOf('Hand out a part', 'import', 'silent', {
        videos: others.map(({ id }) => ({ before: { id, removed: false }, after: { id, removed: true } })),
      }),
    );
    database.transaction(() => {
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
