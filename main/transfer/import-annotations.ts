import { basename } from 'node:path';
import type { ImportChoices, ImportPreview } from '#preload/contract/transfer-choices.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { ImportedAnnotations } from './annotation-set.ts';
import { unknownFormat } from './export-annotations.ts';
import type { Format } from './format.ts';
import { formats } from './formats.ts';
import { planImport } from './plan-import.ts';
import { readAnnotations } from './read-annotations.ts';

export interface ImportOutcome {
  readonly addedSegments: number;
  readonly addedClasses: number;
  /** Segments that were there already. */
  readonly unchanged: number;
  /** Segments that reached over an edge of their video and were cut there, the first thousand of them. */
  readonly cut: { place: string; reason: string }[];
  readonly warnings: string[];
  /** Rows that cannot be taken, the first thousand of them; of each kind there is a warning with the count of all. */
  readonly leftOut: { place: string; reason: string }[];
}

/**
 * Reads a file, or a folder of them, into the project as one undoable edit. Videos are known by checksum, else by name; what belongs to others,
 * and rows that cannot be true, are left out and named. A file of which nothing is taken changes nothing.
 * Fails with `bad-input`, `not-found` or `unreadable-annotations`, before anything changes.
 */
export async function importAnnotations(
  project: OpenProject,
  formatId: string,
  path: string,
  choices: ImportChoices,
): Promise<ImportOutcome> {
  const { file, format, imported, decoding } = await readFor(formatId, path);
  const plan = project.edits.commit(() => planImport(project, file, format, imported, choices));
  return {
    addedSegments: plan.addedSegments,
    addedClasses: plan.addedClasses,
    unchanged: plan.unchanged,
    cut: plan.cut,
    leftOut: plan.leftOut,
    warnings: [...decoding, ...plan.warnings],
  };
}

/** What that would do; nothing changes. Fails as it does. */
export async function previewImport(
  project: OpenProject,
  formatId: string,
  path: string,
  choices: ImportChoices,
): Promise<ImportPreview> {
  const { file, format, imported, decoding } = await readFor(formatId, path);
  const { edit, ...plan } = planImport(project, file, format, imported, choices);
  return { ...plan, movedVideos: edit.splits.length, warnings: [...decoding, ...plan.warnings] };
}

interface ReadForImport {
  readonly file: string;
  readonly format: Format;
  readonly imported: ImportedAnnotations;
  readonly decoding: readonly string[];
}

async function readFor(formatId: string, path: string): Promise<ReadForImport> {
  const format = formats.find(({ id }) => id === formatId);
  if (format?.read === undefined) throw unknownFormat(formatId, 'read');
  const { imported, warnings } = await readAnnotations(format, path);
  return { file: basename(path), format, imported, decoding: warnings };
}
