import type { TunedVersion } from '#preload/domain/tuning.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { listedPrompts, type VersionActions } from './listed-version.ts';
import { VersionCurves } from './LossCurve.tsx';
import { VersionList } from './VersionList.tsx';

const actions: VersionActions = {
  use: (key, name) =>
    attempt(
      backend.tuning
        .setLive({ versionId: key === null ? null : Number(key) })
        .then(() => notify(`${name} is in use. Proposals are scored again.`, 'success')),
    ),
  rename: (key, name) => backend.tuning.rename({ versionId: Number(key), name }),
  remove: (key) => backend.tuning.remove({ versionId: Number(key) }),
  export: (key, place) => backend.tuning.export({ versionId: Number(key), place }),
};

/** Every version of the prompts, and zero-shot below. */
export const PromptVersions = ({ versions }: { readonly versions: readonly TunedVersion[] }) => (
  <VersionList
    label="Versions, newest first"
    versions={versions.map((version) => ({
      ...listedPrompts(version),
      curve: <VersionCurves versionId={version.id} height={140} />,
    }))}
    before={{ name: 'Zero-shot', fact: 'names alone, and corrections', useLabel: 'Go back to zero-shot' }}
    actions={actions}
  />
);
