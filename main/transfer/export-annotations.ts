import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { addresses } from '#preload/contract/contract.ts';
import type { ExportOptions } from '#preload/contract/work.ts';
import { Failure } from '#preload/domain/failure.ts';
import { anyOf } from '#preload/domain/said-lists.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { refusePathInName } from '../project/file-names.ts';
import type { OpenProject } from '../project/open-project.ts';
import { modeForOthers } from '../project/private-files.ts';
import { annotationSetOf } from './annotation-set-of.ts';
import type { NamedBytes, NamedText } from './annotation-set.ts';
import { aspects, type Format, type MediaSizes } from './format.ts';
import { aspectsOfExport, type ExportedAspects } from './leaves-out.ts';
import { formats } from './formats.ts';
import { provenanceEnding, provenanceOf } from './provenance.ts';
import { writeFolder } from './write-folder.ts';

/**
 * How much an export with these options holds, what of it the format keeps and leaves out, and about how many bytes it takes
 * where it makes files of the videos themselves.
 */
export function previewExport(project: OpenProject, options: ExportOptions, id: string | null, sizes: MediaSizes) {
  const set = annotationSetOf(project, options);
  const format = formats.find((one) => one.id === id);
  const media = format?.media;
  return {
    segmentCount: set.segments.length,
    videoCount: set.videos.length,
    classCount: set.classes.length,
    ...aspectsOfExport(format ?? { keeps: aspects }, set),
    bytes: media === undefined ? null : Math.round(media.estimate(set, sizes)),
  };
}

/** Where an export may go: folders that a person chose, and downloads for pages that have none. */
export interface ExportOutlets {
  readonly places: {
    pathOf(place: string): string;
    /** Whether a person named the file itself. */
    isTarget(place: string): boolean;
    folderToWrite(place: string, project: string): Promise<string>;
  };
  /** Keeps a file until it is fetched; answers its token. */
  offerDownload(download: { readonly fileName: string; readonly mime: string; readonly bytes: Uint8Array }): string;
}

/** What is written, and where to. */
export interface ExportRequest {
  readonly options: ExportOptions;
  readonly place: string | null;
  readonly fileName: string;
  readonly replace: boolean;
}

/** The format of an export. Fails with `bad-input` where none of this name is written, or an option has no such choice. */
export function formatToWrite(id: string, options: ExportOptions): Format {
  const format = formats.find((one) => one.id === id);
  if (format === undefined || (format.write ?? format.media) === undefined) throw unknownFormat(id, 'written');
  refuseUnknownChoices(format, options.formatOptions);
  return format;
}

/**
 * Writes annotations to a file of a folder, or to a folder of files, whole or not at all, and beside it where they come
 * from; or offers a file for download.
 * Fails with `bad-input` for a format that is not written so and for a name that is not one of its files, `already-there`
 * for what is not to be replaced, `forbidden` for a folder that is not to be written to, or as writing does.
 */
export async function exportAnnotations(
  project: OpenProject,
  format: Format,
  request: ExportRequest,
  outlets: ExportOutlets,
): Promise<{ path: string | null; url: string | null; segmentCount: number; warnings: Saying[] } & ExportedAspects> {
  if (format.write === undefined) throw unknownFormat(format.id, 'written');
  const target = await targetOf(project, format, request, outlets);
  const set = annotationSetOf(project, request.options);
  const written = format.write(set);
  const beside = (path: string, files: readonly (NamedText | NamedBytes)[]) =>
    writeFileAtomic(path + provenanceEnding, provenanceOf(set, format, project.settings, files, new Date()), {
      mode: modeForOthers(),
    });
  const outcome = {
    segmentCount: set.segments.length,
    ...aspectsOfExport(format, set),
    warnings: [...written.warnings],
  };
  if ('files' in written) {
    if (target === null)
      throw new Failure(
        'bad-input',
        say('{{name}} is a folder of files: save it to a folder.', { name: format.name }),
        {},
      );
    const files = [...written.files, ...(written.binaries ?? [])];
    await writeFolder(target, files);
    await beside(target, files);
    return { ...outcome, path: target, url: null };
  }
  const { text } = written;
  if (target === null) {
    const token = outlets.offerDownload({
      fileName: request.fileName,
      mime: format.extensions[0] === 'json' ? 'application/json' : 'text/plain; charset=utf-8',
      bytes: new TextEncoder().encode(text),
    });
    return { ...outcome, path: null, url: addresses.download(token) };
  }
  // A file that was there before stays until the new one is complete, which others may read as they could that one.
  await writeFileAtomic(target, text, existsSync(target) ? {} : { mode: modeForOthers() });
  await beside(target, [{ name: basename(target), text }]);
  return { ...outcome, path: target, url: null };
}

/** The path to write to, null for a download. Whoever did not name the target itself writes none of another kind. */
export async function targetOf(
  project: OpenProject,
  format: Format,
  { place, fileName, replace }: Omit<ExportRequest, 'options'>,
  { places }: Pick<ExportOutlets, 'places'>,
): Promise<string | null> {
  if (place !== null && places.isTarget(place)) return places.pathOf(place);
  refusePathInName(fileName);
  const isFolder = format.layout === 'folder';
  const name = fileName.toLowerCase();
  const fits = isFolder || format.extensions.some((extension) => name.endsWith(`.${extension.toLowerCase()}`));
  if (fileName.startsWith('.'))
    throw new Failure('bad-input', say('"{{fileName}}" would be hidden: choose another name.', { fileName }), {
      fileName,
    });
  if (!fits) {
    const endings = anyOf(format.extensions.map((extension) => `.${extension}`));
    throw new Failure(
      'bad-input',
      say('A file of {{name}} is named with {{endings}} at its end.', { name: format.name, endings }),
      { fileName },
    );
  }
  if (place === null) return null;
  const path = join(await places.folderToWrite(place, project.folder.path), fileName);
  const there = await lstat(path).catch(() => null);
  if (there !== null && (isFolder ? !there.isDirectory() : !there.isFile()))
    throw new Failure(
      'bad-input',
      say('{{path}} is something else or leads elsewhere: choose another name.', { path }),
      { path },
    );
  if (there !== null && !replace)
    throw new Failure(
      'already-there',
      say('{{path}} is there already: replace it, or choose another name.', { path }),
      { path },
    );
  return path;
}

/** Options of other formats may be there as well: a dialog keeps what was chosen while the format changes. */
function refuseUnknownChoices({ name, options = [] }: Format, chosen: Readonly<Record<string, string>>): void {
  for (const { id, choices } of options) {
    const choice = chosen[id];
    if (choice === undefined || choices.some((one) => one.id === choice)) continue;
    const able = anyOf(choices.map((one) => one.id));
    throw new Failure(
      'bad-input',
      say('{{name}} knows no {{id}} "{{choice}}"; it is {{able}}.', { name, id, choice, able }),
      { [id]: choice },
    );
  }
}

/** Fails with `bad-input`, naming what could be meant. */
export function unknownFormat(format: string, verb: 'read' | 'written'): Failure {
  const able = formats
    .filter(({ read, write, media }) => (verb === 'read' ? read : (write ?? media)) !== undefined)
    .map(({ id }) => id);
  return new Failure(
    'bad-input',
    verb === 'read'
      ? say('The format "{{format}}" cannot be read; {{able}} can.', { format, able })
      : say('The format "{{format}}" cannot be written; {{able}} can.', { format, able }),
    { format },
  );
}
