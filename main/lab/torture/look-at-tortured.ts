import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkProject } from '#main/project/check-project.ts';
import { ProjectModel } from './project-model.ts';
import type { ModelSegment } from './project-model.ts';
import { storedSegments, withProject } from './tortured-project.ts';

/**
 * How many edits of the model a closed project holds after a kill; null where it holds neither all acknowledged ones nor
 * one more: the edit that was under way when the kill came may be stored or not.
 */
export function editsIn(project: string, editSeed: number, acknowledged: number): number | null {
  const stored = inOrder(withProject(project, storedSegments));
  for (const count of [acknowledged, acknowledged + 1]) {
    if (isDeepStrictEqual(stored, inOrder(ProjectModel.after(editSeed, count).segments))) return count;
  }
  return null;
}

/** By identifier, and each with its place in that order as one: proposals of other films take numbers in between. */
export const inOrder = (segments: readonly ModelSegment[]): ModelSegment[] =>
  segments.toSorted((a, b) => a.id - b.id).map((segment, at) => ({ ...segment, id: at + 1 }));

/** What `cuepoint check` finds wrong in a closed project, in words. */
export async function faultsOf(project: string): Promise<string[]> {
  const { signal } = new AbortController();
  const how = { appVersion: 'torture', repair: false, signal, onProgress: () => undefined };
  return (await checkProject(project, how)).map((fault) => JSON.stringify(fault));
}

/** Copies a project that is not as it should be into `failures`, with what is known `about` how it came to that. */
export function keepProject(project: string, failures: string, about: Readonly<Record<string, number | string>>): void {
  const folder = join(
    failures,
    `killed-${Object.values(about)
      .join('-')
      .replaceAll(/[^\w-]+/gu, ' ')
      .slice(0, 80)}`,
  );
  mkdirSync(folder, { recursive: true });
  cpSync(project, join(folder, 'project.cuepoint'), { recursive: true });
  writeFileSync(join(folder, 'case.json'), `${JSON.stringify(about, null, 2)}\n`);
}
