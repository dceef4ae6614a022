import type { ScorerVersion } from '#preload/domain/scorer-version.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { listedScorer, type VersionActions } from './listed-version.ts';
import { sameForAll } from './version-actions.ts';
import { VersionList } from './VersionList.tsx';

const actions: VersionActions = {
  use: (key, name) =>
    attempt(
      (key === null ? backend.versions.goBack({ kind: 'scorer' }) : backend.versions.setLive({ versionId: key })).then(
        () => notify(`${name} scores now. Proposals are scored again.`, 'success'),
      ),
    ),
  ...sameForAll,
};

/** Every version of the project's X-CLIP, and below them the one as it was published. */
export const ScorerVersions = ({ versions }: { readonly versions: readonly ScorerVersion[] }) => (
  <VersionList
    label="Versions of X-CLIP, newest first"
    versions={versions.map(listedScorer)}
    before={{
      name: 'X-CLIP as published',
      fact: 'without any fine-tuning',
      useLabel: 'Use X-CLIP as published',
    }}
    actions={actions}
  />
);
