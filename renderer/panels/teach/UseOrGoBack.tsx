import Button from '@mui/material/Button';
import { useState } from 'react';
import type { BoundaryVersion, TunedVersion } from '#preload/domain/tuning.ts';
import { backend } from '../../backend/client.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import type { ListedVersion } from './listed-version.ts';

/** One button beside what a teaching left: use it, whatever it brought, or go back to what was before. */
export function UseOrGoBack(props: {
  readonly version: ListedVersion;
  readonly kind: (TunedVersion | BoundaryVersion)['kind'];
}) {
  const { version, kind } = props;
  const [asking, setAsking] = useState(false);
  const said = (words: string): void => notify(`${words} Proposals are scored again.`, 'success');
  const use = (): void =>
    attempt(backend.versions.setLive({ versionId: version.key }).then(() => said(`${version.spoken} is in use.`)));
  const goBack = (): void =>
    attempt(backend.versions.goBack({ kind }).then(() => said(`${version.spoken} is not in use any more.`)));
  if (version.live)
    return (
      <Button size="small" aria-label={`Go back: do without ${version.spoken}`} onClick={goBack}>
        Go back
      </Button>
    );
  return (
    <>
      <Button
        size="small"
        aria-label={`${version.doubt === null ? 'Use it' : 'Use it anyway'}: ${version.spoken}`}
        onClick={() => (version.doubt === null ? use() : setAsking(true))}
      >
        {version.doubt === null ? 'Use it' : 'Use it anyway'}
      </Button>
      <ConfirmDialog
        open={asking}
        title={`Use ${version.spoken} all the same?`}
        text={`${version.doubt ?? ''} You can go back at any time; what people decided never changes.`}
        confirmLabel={`Use ${version.spoken}`}
        onConfirm={use}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
