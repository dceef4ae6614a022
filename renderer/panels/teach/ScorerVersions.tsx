import type { ScorerVersion } from '#preload/domain/scorer-version.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { listedScorer, type VersionActions } from './listed-version.ts';
import { VersionList } from './VersionList.tsx';

const actions: VersionActions = {
  use: (key, name) =>
    attempt(
      backend.projects
        .changeSettings({ scorerVersion: key === null ? null : String(key) })
        .then(() => notify(`${name} scores now. Proposals are scored again.`, 'success')),
    ),
  rename: (key, name) => backend.tuning.renameScorer({ id: String(key), name }),
  remove: (key) => backend.tuning.removeScorer({ id: String(key) }),
  export: (key, place) => backend.tuning.exportScorer({ id: String(key), place }),
};

/** Every version of the project's X-CLIP, and below them the one as it was published. */
export const ScorerVersions = (props: {
  readonly versions: readonly ScorerVersion[];
  readonly inUse: string | null;
}) => (
  <VersionList
    label="Versions of X-CLIP, newest first"
    versions={props.versions.map((version) => listedScorer(version, props.inUse))}
    before={{
      name: 'X-CLIP as published',
      fact: 'without any fine-tuning',
      useLabel: 'Use X-CLIP as published',
    }}
    actions={actions}
  />
);
