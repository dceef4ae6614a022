import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { addresses } from '#preload/contract/contract.ts';
import type { ExportOptions } from '#preload/contract/work.ts';
import { Failure } from '#preload/domain/failure.ts';
import { refusePathInName } from '../project/file-names.ts';
import type { OpenProject } from '../project/open-project.ts';
import { annotationSetOf } from './annotation-set-of.ts';
import type { Format } from './format.ts';
import { formats } from './formats.ts';
import { writeFolder } from './write-folder.ts';

/** How much an export with these options holds. */
export function previewExport(project: OpenProject, options: ExportOptions) {
  const { videos, classes, segments } = annotationSetOf(project, options);
  return { segmentCount: segments.length, videoCount: videos.length, classCount: classes.length };
}

/** Where an export may go: folders that a person chose, and downloads for pages that have none. */
export interface ExportOutlets {
  readonly places: { pathOf(place: string): string };
  /** Keeps a file until it is fetched; answers its token. */
  offerDownload(download: { readonly fileName: string; readonly mime: string; readonly bytes: Uint8Array }): string;
}

/**
 * Writes annotations to a file of a folder, or a folder of them, whole or not at all, or offers a file for download.
 * Fails with `bad-input` for a format that is not written, or as writing the file does.
 */
export async function exportAnnotations(
  project: OpenProject,
  request: {
    readonly format: string;
    readonly options: ExportOptions;
    readonly place: string | null;
    readonly fileName: string;
  },
  outlets: ExportOutlets,
): Promise<{ path: string | null; url: string | null; segmentCount: number; warnings: string[] }> {
  const format = formats.find(({ id }) => id === request.format);
  if (format?.write === undefined) throw unknownFormat(request.format, 'written');
  refusePathInName(request.fileName);
  refuseUnknownChoices(format, request.options.formatOptions);
  const set = annotationSetOf(project, request.options);
  const written = format.write(set);
  const outcome = { segmentCount: set.segments.length, warnings: [...written.warnings] };
  if ('files' in written) {
    if (request.place === null)
      throw new Failure('bad-input', `${format.name} is a folder of files: save it to a folder.`, {});
    const path = join(outlets.places.pathOf(request.place), request.fileName);
    await writeFolder(path, written.files);
    return { ...outcome, path, url: null };
  }
  const { text } = written;
  if (request.place === null) {
    const token = outlets.offerDownload({
      fileName: request.fileName,
      mime: format.extensions[0] === 'json' ? 'application/json' : 'text/plain; charset=utf-8',
      bytes: new TextEncoder().encode(text),
    });
    return { ...outcome, path: null, url: addresses.download(token) };
  }
  const path = join(outlets.places.pathOf(request.place), request.fileName);
  // A file that was there before stays until the new one is complete.
  await writeFileAtomic(path, text);
  return { ...outcome, path, url: null };
}

/** Options of other formats may be there as well: a dialog keeps what was chosen while the format changes. */
function refuseUnknownChoices({ name, options = [] }: Format, chosen: Readonly<Record<string, string>>): void {
  for (const { id, choices } of options) {
    const choice = chosen[id];
    if (choice === undefined || choices.some((one) => one.id === choice)) continue;
    const able = choices.map((one) => one.id).join(' or ');
    throw new Failure('bad-input', `${name} knows no ${id} "${choice}"; it is ${able}.`, { [id]: choice });
  }
}

/** Fails with `bad-input`, naming what could be meant. */
export function unknownFormat(format: string, verb: 'read' | 'written'): Failure {
  const able = formats.filter(({ read, write }) => (verb === 'read' ? read : write) !== undefined).map(({ id }) => id);
  return new Failure('bad-input', `The format "${format}" cannot be ${verb}; ${able.join(', ')} can.`, { format });
}
