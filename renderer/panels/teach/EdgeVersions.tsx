import type { BoundaryVersion } from '#preload/domain/tuning.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { listedEdges, type VersionActions } from './listed-version.ts';
import { sameForAll } from './version-actions.ts';
import { VersionList } from './VersionList.tsx';

const actions: VersionActions = {
  use: (key, name) =>
    attempt(
      (key === null
        ? backend.versions.goBack({ kind: 'boundaries' })
        : backend.versions.setLive({ versionId: key })
      ).then(() => notify(`${name} from now on. Segments are proposed again.`, 'success')),
    ),
  ...sameForAll,
};

/** Every boundary head that was learned, and doing without one below. */
export const EdgeVersions = ({ versions }: { readonly versions: readonly BoundaryVersion[] }) => (
  <VersionList
    label="Learned edges, newest first"
    versions={versions.map(listedEdges)}
    before={{ name: 'Edges as found', fact: 'where the picture changes', useLabel: 'Do without learned edges' }}
    actions={actions}
  />
);
