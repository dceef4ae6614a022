import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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

/** Puts a version beside its tensors, which are there already; it counts from now on. */
export function describeScorerVersion(tunedFolder: string, version: ScorerVersion): void {
  mkdirSync(scorerVersionsFolder(tunedFolder), { recursive: true });
  const file = join(scorerVersionsFolder(tunedFolder), `${version.id}.json`);
  writeFileSync(`${file}.new`, `${JSON.stringify(scorerVersion.parse(version), null, 2)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
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

function descriptionIn(file: string): ScorerVersion[] {
  try {
    return [scorerVersion.parse(JSON.parse(readFileSync(file, 'utf8')))];
  } catch {
    return [];
  }
}
