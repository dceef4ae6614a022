import { say } from '#preload/domain/saying.ts';
import type { ImportPreview } from '#preload/contract/transfer-choices.ts';
import type { OpenProject } from '../project/open-project.ts';
import { inTurns, type ImportPlan } from './plan-import.ts';
import type { FileOfAnnotations } from './read-on-thread.ts';
import { addLayerClasses, withoutIds } from './store-layer.ts';

/**
 * Puts a file's segments beside what the project says, as a layer named for the one who signed all of them, else for the
 * file; `look` only says what that would be. Some thousand rows at a time.
 */
export async function layerOfFile(
  project: OpenProject,
  { file, imported, plan }: { readonly file: string; readonly imported: FileOfAnnotations; readonly plan: ImportPlan },
  way: 'look' | 'make',
): Promise<ImportPreview> {
  const { database } = project;
  const warnings = [...imported.warnings, ...plan.told.warnings];
  const name = soleAnnotator(imported) ?? file;
  if (plan.taken === 0) warnings.push(say('Nothing of {{file}} was taken; nothing was added.', { file }));
  const isMade = way === 'make' && plan.taken > 0;
  const layerId = isMade ? database.transaction(() => database.layers.add(name, plan.videoIds, [])) : null;
  let addedClasses = 0;
  for await (const part of inTurns(project, imported)) {
    const { classes, attributes, segments } = plan.rows(part, 1);
    addedClasses += classes.length;
    if (layerId === null) continue;
    addLayerClasses(project, name, { classes, attributes });
    database.transaction(() => database.layers.fill(layerId, withoutIds(segments)));
  }
  if (isMade) project.publish({ topic: 'layers' });
  return {
    ...plan.told,
    addedSegments: plan.taken,
    addedClasses: plan.taken === 0 ? 0 : addedClasses,
    unchanged: 0,
    overruled: 0,
    movedVideos: 0,
    warnings,
  };
}

/** Who signed every segment; null for several or nobody. */
export function soleAnnotator({ segments }: Pick<FileOfAnnotations, 'segments'>): string | null {
  const names = new Set<string | undefined>();
  for (const { annotator } of segments) {
    names.add(annotator);
    if (names.size > 1) return null;
  }
  const [one] = names;
  return one ?? null;
}
