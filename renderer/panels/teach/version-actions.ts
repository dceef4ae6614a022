import type { VersionKind } from '#preload/domain/version-kinds.ts';
import { t } from '../../language/language.ts';
import { choosePlaces } from '../../shared/choose-places.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { listedKinds } from './listed-kinds.ts';
import type { ListedVersion } from './listed-version.ts';

/** Puts a version in use; null: what there was before any of its kind was learned. */
export function takeIntoUse(kind: VersionKind, version: ListedVersion | null): void {
  const { before, said } = listedKinds[kind];
  const taken =
    version === null ? backend.versions.goBack({ kind }) : backend.versions.setLive({ versionId: version.key });
  attempt(taken.then(() => notify(said(version?.spoken ?? before.name), 'success')));
}

/** Writes a version into a folder that the person chooses. */
export async function exportVersion({ key, spoken }: ListedVersion): Promise<void> {
  const [place] = await choosePlaces('folder');
  if (place === undefined) return;
  const { path } = await backend.versions.export({ versionId: key, place });
  notify(t('{{spoken}} was saved as {{path}}', { spoken, path }), 'success');
}

/** Writes what the corrections of now teach into a folder that the person chooses. */
export async function exportCorrections(): Promise<void> {
  const [place] = await choosePlaces('folder');
  if (place === undefined) return;
  const { path } = await backend.versions.exportCorrections({ place });
  notify(t('What your corrections teach was written to {{path}}', { path }), 'success');
}

/** Takes in a version that another project exported, from the files that a person chooses. */
export async function importVersion(): Promise<void> {
  const [place] = await choosePlaces('version');
  if (place === undefined) return;
  const { name, origin } = await backend.versions.import({ place });
  notify(
    t('{{name}}, learned in {{origin}}, can be used here now.', { name, origin: origin ?? t('this project') }),
    'success',
  );
}
