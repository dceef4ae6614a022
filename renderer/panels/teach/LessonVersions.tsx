import type { LessonVersion } from '#preload/domain/lesson-version.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { listedLesson, type VersionActions } from './listed-version.ts';
import { sameForAll } from './version-actions.ts';
import { VersionList } from './VersionList.tsx';

const actions: VersionActions = {
  use: (key, name) =>
    attempt(
      (key === null
        ? backend.versions.goBack({ kind: 'corrections' })
        : backend.versions.setLive({ versionId: key })
      ).then(() => notify(`${name} from now on. Proposals are scored again.`, 'success')),
    ),
  ...sameForAll,
};

/** What corrections of other projects taught, as it was taken in, and doing without it below. */
export const LessonVersions = ({ versions }: { readonly versions: readonly LessonVersion[] }) => (
  <VersionList
    label="Corrections of other projects, newest first"
    versions={versions.map(listedLesson)}
    before={{ name: 'Corrections made here alone', fact: 'and the names', useLabel: 'Do without other projects' }}
    actions={actions}
  />
);
