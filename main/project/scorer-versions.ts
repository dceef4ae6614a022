import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { scorerVersion, type ScorerVersion } from '#preload/domain/scorer-version.ts';
import type { ProjectSettings } from '#preload/domain/settings.ts';

/** Where versions of the scorer are kept: tensors as safetensors, and a JSON file of the same name that says what they are. */
export const scorerVersionsFolder = (tunedFolder: string): string => join(tunedFolder, 'scorer');

/** The file of a version's tensors, whether or not it is there. */
export const scorerVersionFile = (tunedFolder: string, id: string): string =>
  join(scorerVersionsFolder(tunedFolder), `${id}.safetensors`);

/** Newest first. A description that cannot be read is passed over: its tensors cannot be used without it. */
export function scorerVersions(tunedFolder: string): ScorerVersion[] {
  const folder = scorerVersionsFolder(tunedFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => descriptionIn(join(folder, name)))
    .toSorted((a, b) => b.createdAt - a.createdAt);
}

/** Fails with `not-found` for an unknown version. */
export function scorerVersionOf(tunedFolder: string, id: string): ScorerVersion {
  const found = scorerVersions(tunedFolder).find((version) => version.id === id);
  if (found !== undefined) return found;
  throw new Failure('not-found', 'There is no such tuned version of a scorer in this project.', { id });
}

/** `Version 3` where there is a version 2, however many were removed or renamed before. */
export function nextScorerVersionName(tunedFolder: string): string {
  const numbers = scorerVersions(tunedFolder).map(({ name }) => Number(/^Version (\d+)$/.exec(name)?.[1] ?? 0));
  return `Version ${Math.max(numbers.length, ...numbers) + 1}`;
}

/** Puts a version beside its tensors, which are there already, or describes it anew; it counts from now on. */
export function describeScorerVersion(tunedFolder: string, version: ScorerVersion): void {
  mkdirSync(scorerVersionsFolder(tunedFolder), { recursive: true });
  const file = descriptionFile(tunedFolder, version.id);
  writeFileSync(`${file}.new`, `${JSON.stringify(scorerVersion.parse(version), null, 2)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
}

/** Removes a version: first what says that it is one, so that tensors are never missing from one. */
export function removeScorerVersion(tunedFolder: string, id: string): void {
  rmSync(descriptionFile(tunedFolder, id), { force: true });
  rmSync(scorerVersionFile(tunedFolder, id), { force: true });
}

/** The version that the settings name; null for the scorer as published. Fails with `not-found` where it is gone. */
export function liveScorerVersion(tunedFolder: string, settings: ProjectSettings): ScorerVersion | null {
  const { scorerVersion: id, scorerModel } = settings;
  if (id === null) return null;
  const found = scorerVersions(tunedFolder).find((version) => version.id === id && version.scorerModel === scorerModel);
  if (found !== undefined && existsSync(scorerVersionFile(tunedFolder, id))) return found;
  const folder = scorerVersionsFolder(tunedFolder);
  throw new Failure(
    'not-found',
    `The tuned scorer in use is no longer in ${folder}: choose another version, or the scorer as published.`,
    { id },
  );
}

const descriptionFile = (tunedFolder: string, id: string): string =>
  join(scorerVersionsFolder(tunedFolder), `${id}.json`);

function descriptionIn(file: string): ScorerVersion[] {
  try {
    return [scorerVersion.parse(JSON.parse(readFileSync(file, 'utf8')))];
  } catch {
    return [];
  }
}
