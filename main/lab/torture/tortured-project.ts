import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { EditLog } from '#main/annotation/edit-log.ts';
import { editOf } from '#main/annotation/edit-value.ts';
import { createProjectFolder, openProjectFolder } from '#main/project/project-folder.ts';
import type { OpenFolder } from '#main/project/project-folder.ts';
import { filmFrames, segmentFrames } from './project-model.ts';
import type { ModelSegment } from './project-model.ts';

const frameUs = 40_000;
const version = 'torture';

/** Opens the project for as long as `use` works with it. */
export function withProject<Result>(project: string, use: (folder: OpenFolder) => Result): Result {
  const folder = openProjectFolder(project, version);
  try {
    return use(folder);
  } finally {
    folder.opened.close();
    folder.lock?.release();
  }
}

/** When each frame of the film starts, and the last ends: `[filmFrames + 1]` microseconds. */
export const frameStarts = (): Float64Array =>
  Float64Array.from({ length: filmFrames + 1 }, (_, index) => index * frameUs);

/** A new project with two classes and a film that only its frame table knows. */
export function makeTorturedProject(parent: string, name: string): string {
  const project = createProjectFolder(parent, name, version);
  const media = join(parent, `${name}.mp4`);
  writeFileSync(media, name);
  withProject(project, ({ opened: { database } }) => {
    const frames = frameStarts();
    database.transaction(() =>
      database.videos.insert({
        name: `${name}.mp4`,
        relativePath: `../${name}.mp4`,
        absolutePath: media,
        sizeBytes: name.length,
        checksum: createHash('sha256').update(name).digest('hex'),
        addedAt: 0,
        frames,
        facts: filmFacts(filmFrames),
      }),
    );
    const classes = ['jump', 'run'].map((action, position) => ({
      before: null,
      after: {
        id: position + 1,
        name: action,
        prompt: action,
        colour: '#e69f00',
        digitKey: null,
        position,
        removed: false,
      },
    }));
    new EditLog(database, () => undefined).commit(() => editOf('Classes', 'user', 'silent', { classes }));
  });
  return project;
}

/** The segments that are in the project, as the model keeps its own. */
export const storedSegments = ({ opened: { database } }: OpenFolder): ModelSegment[] => {
  const frames = FrameTable.fromArray(database.videos.frames(1)!);
  return database.segments
    .rowsOfVideo(1)
    .map(({ id, startUs, endUs, classId, state, note }) => {
      const frame = frames.frameAt(startUs);
      const whole = startUs === frames.startUs(frame) && endUs === frames.startUs(frame + segmentFrames);
      return { id, frame: whole ? frame : -1, classId, state, note };
    })
    .toSorted((a, b) => a.id - b.id);
};

/** What lies in the folder of a closed project besides what belongs there. */
export const leftoversIn = (project: string): string[] =>
  readdirSync(project, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(project, join(entry.parentPath, entry.name)))
    .filter((name) => !/^project\.(?:sqlite|lock)$|^open\.cuepoint$|^backups.\d{6}-[\w.-]+-close\.sqlite$/u.test(name));
