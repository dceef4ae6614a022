import type { TunedVersion } from '#preload/domain/tuning.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { listedPrompts, type VersionActions } from './listed-version.ts';
import { sameForAll } from './version-actions.ts';
import { VersionCurves } from './LossCurve.tsx';
import { VersionList } from './VersionList.tsx';

const actions: VersionActions = {
  use: (key, name) =>
    attempt(
      (key === null ? backend.versions.goBack({ kind: 'prompts' }) : backend.versions.setLive({ versionId: key })).then(
        () => notify(`${name} is in use. Proposals are scored again.`, 'success'),
      ),
    ),
  ...sameForAll,
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
