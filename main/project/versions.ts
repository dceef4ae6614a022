import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { forgetDenseBy } from '#main/pipeline/feature-store/dense-store.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { versionKinds } from '#preload/domain/version-kinds.ts';
import type { LearnedVersion, VersionKind } from '#preload/domain/version-kinds.ts';
import type { StoredVersion } from '../database/versions-table.ts';
import type { OpenProject } from './open-project.ts';

/** Whether a version was learned for the model that the project uses now. */
export const isUsable = ({ settings }: OpenProject, { kind, model }: Pick<StoredVersion, 'kind' | 'model'>): boolean =>
  settings[versionKinds[kind].learnedFor] === model;

/** The live version of a kind, where it was learned for the project's model; else null. */
export function usableLiveVersion<Kind extends VersionKind>(
  project: OpenProject,
  kind: Kind,
): StoredVersion<Kind> | null {
  const live = project.database.versions.live(kind);
  return live !== null && isUsable(project, live) ? live : null;
}

/** Fails with `not-found` for an unknown version. */
export function versionOf({ database }: OpenProject, versionId: number): StoredVersion {
  const version = database.versions.get(versionId);
  if (version !== null) return version;
  throw new Failure(
    'not-found',
    say('There is no learned version {{id}} in this project.', { id: String(versionId) }),
    { versionId },
  );
}

/** The file of a version's tensors. */
export const versionFile = ({ folder }: OpenProject, { file }: Pick<StoredVersion, 'file'>): string =>
  join(folder.tuned, ...file.split('/'));

/** What is told of a version. */
export function toldVersion<Kind extends VersionKind>(
  project: OpenProject,
  version: StoredVersion<Kind>,
): Extract<LearnedVersion, { kind: Kind }> {
  const { modelHash: _, file: __, corrections: ___, ...told } = { ...version, usable: isUsable(project, version) };
  return told as unknown as Extract<LearnedVersion, { kind: Kind }>;
}

/** Makes a version the live one of its kind. Fails with `bad-input` for one that was learned for another model. */
export function makeLive(project: OpenProject, version: StoredVersion): void {
  const { database } = project;
  if (!isUsable(project, version)) {
    throw new Failure(
      'bad-input',
      say('"{{name}}" was tuned for the model "{{model}}": choose that model first, or tune again.', {
        name: version.name,
        model: version.model,
      }),
    );
  }
  database.transaction(() => database.versions.setLive(version.kind, version.id));
  versionsChanged(project);
  project.news.emit('scoredOtherwise');
}

/** No version of a kind is live any more. */
export function goBack(project: OpenProject, kind: VersionKind): void {
  project.database.transaction(() => project.database.versions.setLive(kind, null));
  versionsChanged(project);
  project.news.emit('scoredOtherwise');
}

/** Forgets a version, then its file and what it made of features. Fails with `bad-input` for a live one. */
export async function removeVersion(project: OpenProject, version: StoredVersion): Promise<void> {
  if (version.live) {
    throw new Failure(
      'bad-input',
      say('"{{name}}" is in use: go back to another version before you remove it.', { name: version.name }),
    );
  }
  project.database.transaction(() => project.database.versions.remove(version.id));
  const file = versionFile(project, version);
  rmSync(file, { force: true });
  // Projects of older versions of the program have a description there that was carried over.
  rmSync(file.replace(/\.safetensors$/u, '.json'), { force: true });
  await forgetDenseBy(project.folder.features, basename(file));
  versionsChanged(project);
}

/** Tells everybody who looks that versions, or what is live, are others now. */
export function versionsChanged(project: OpenProject): void {
  project.publish({ topic: 'versions' });
  project.publish({ topic: 'tuning' });
}
