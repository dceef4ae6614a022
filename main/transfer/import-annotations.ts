import { say, type Saying } from '#preload/domain/saying.ts';
import { basename } from 'node:path';
import type { ImportChoices, ImportPreview } from '#preload/contract/transfer-choices.ts';
import type { Editor } from '#preload/domain/editor.ts';
import type { ImportEdit } from '../annotation/import-edit.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { ImportedSegment } from './annotation-set.ts';
import { unknownFormat } from './export-annotations.ts';
import { formats } from './formats.ts';
import { layerOfFile } from './layer-of-file.ts';
import { inTurns, planImport, type ImportPlan } from './plan-import.ts';
import { readOnThread, type FileOfAnnotations } from './read-on-thread.ts';
import type { RowWithReason } from '#preload/domain/new-segment.ts';

export interface ImportOutcome {
  readonly addedSegments: number;
  readonly addedClasses: number;
  /** Segments that were there already. */
  readonly unchanged: number;
  /** Segments that reached over an edge of their video and were cut there, the first thousand of them. */
  readonly cut: RowWithReason[];
  readonly warnings: Saying[];
  /** Rows that cannot be taken, the first thousand of them; of each kind there is a warning with the count of all. */
  readonly leftOut: RowWithReason[];
}

/**
 * Reads a file, or a folder of them, into the project as one step to undo; a long one is stored part by part, so that
 * everything else goes on meanwhile. Videos are known by checksum, else by name; what belongs to others, and rows that
 * cannot be true, are left out and named. A file of which nothing is taken changes nothing.
 * Fails with `bad-input`, `not-found` or `unreadable-annotations`, before anything changes; with `cancelled` where the
 * project closes meanwhile.
 */
export async function importAnnotations(
  project: OpenProject,
  formatId: string,
  path: string,
  choices: ImportChoices,
  editor: Editor,
): Promise<ImportOutcome> {
  const planned = await planFor(project, formatId, path, choices);
  const { addedSegments, addedClasses, unchanged, cut, leftOut, warnings } =
    choices.as === 'layer'
      ? await layerOfFile(project, planned, 'make')
      : await goThrough(project, planned, (build, isLast) =>
          project.edits.commit(
            () => build(project.database.nextId('segments')),
            editor,
            isLast ? undefined : 'unfinished',
          ),
        );
  if (choices.columns !== null) project.changeSettings({ tableColumns: choices.columns });
  return { addedSegments, addedClasses, unchanged, cut, leftOut, warnings };
}

/** What that would do; nothing changes. Fails as it does. */
export async function previewImport(
  project: OpenProject,
  formatId: string,
  path: string,
  choices: ImportChoices,
): Promise<ImportPreview> {
  const planned = await planFor(project, formatId, path, choices);
  return choices.as === 'layer'
    ? layerOfFile(project, planned, 'look')
    : goThrough(project, planned, (build) => build(1));
}

interface Planned {
  readonly file: string;
  readonly imported: FileOfAnnotations;
  readonly plan: ImportPlan;
}

async function planFor(project: OpenProject, formatId: string, path: string, choices: ImportChoices): Promise<Planned> {
  const format = formats.find(({ id }) => id === formatId);
  if (format?.read === undefined) throw unknownFormat(formatId, 'read');
  const file = basename(path);
  const imported = await readOnThread(format, path, choices.columns, project.closing);
  return { file, imported, plan: await planImport(project, file, format, imported, choices) };
}

/** Performs the edits of an import one after another. */
async function goThrough(
  project: OpenProject,
  { file, imported, plan }: Planned,
  perform: (build: (nextId: number) => ImportEdit, isLast: boolean) => ImportEdit,
): Promise<ImportPreview> {
  const sum = { addedSegments: 0, addedClasses: 0, unchanged: 0, overruled: 0, movedVideos: 0 };
  let left = imported.segments.length;
  const add = (part: readonly ImportedSegment[]): void => {
    left -= part.length;
    const built = perform((nextId) => plan.edit(part, nextId), left === 0);
    for (const name of ['addedSegments', 'addedClasses', 'unchanged', 'overruled'] as const) sum[name] += built[name];
    sum.movedVideos += built.edit.splits.length;
  };
  if (imported.segments.length === 0) add([]);
  for await (const part of inTurns(project, imported)) add(part);
  const warnings = [...imported.warnings, ...plan.told.warnings];
  if (sum.overruled > 0)
    warnings.push(
      say('{{count}} segments differ from what was decided here; yours were kept.', {
        count: sum.overruled,
        one: '{{count}} segment differs from what was decided here; yours were kept.',
      }),
    );
  if (plan.taken === 0 && sum.addedClasses === 0)
    warnings.push(say('Nothing of {{file}} was taken; nothing was added.', { file }));
  return { ...plan.told, ...sum, warnings };
}
