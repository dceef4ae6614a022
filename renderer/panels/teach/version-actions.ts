import { choosePlaces } from '../../shared/choose-places.ts';
import { notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import type { VersionActions } from './listed-version.ts';

/** What is done with a version in the same way whatever was learned. */
export const sameForAll: Pick<VersionActions, 'rename' | 'remove' | 'export'> = {
  rename: (versionId, name) => backend.versions.rename({ versionId, name }),
  remove: (versionId) => backend.versions.remove({ versionId }),
  export: (versionId, place) => backend.versions.export({ versionId, place }),
};

/** Writes what the corrections of now teach into a folder that the person chooses. */
export async function exportCorrections(): Promise<void> {
  const [place] = await choosePlaces('folder');
  if (place === undefined) return;
  const { path } = await backend.versions.exportCorrections({ place });
  notify(`What your corrections teach was written to ${path}`, 'success');
}

/** Takes in a version that another project exported, from the files that a person chooses. */
export async function importVersion(): Promise<void> {
  const [place] = await choosePlaces('version');
  if (place === undefined) return;
  const { name, origin } = await backend.versions.import({ place });
  notify(`${name}, learned in ${origin ?? 'this project'}, can be used here now.`, 'success');
}
