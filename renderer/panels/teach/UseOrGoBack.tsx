import Button from '@mui/material/Button';
import { useState } from 'react';
import type { BoundaryVersion, TunedVersion } from '#preload/domain/tuning.ts';
import { t } from '../../language/language.ts';
import type { ListedVersion } from './listed-version.ts';
import { UseAnyway } from './UseAnyway.tsx';
import { takeIntoUse } from './version-actions.ts';

/** One button beside what a teaching left: use it, whatever it brought, or go back to what was before. */
export function UseOrGoBack(props: {
  readonly version: ListedVersion;
  readonly kind: (TunedVersion | BoundaryVersion)['kind'];
}) {
  const { version, kind } = props;
  const [asking, setAsking] = useState(false);
  const use = (): void => takeIntoUse(kind, version);
  if (version.live)
    return (
      <Button
        size="small"
        aria-label={t('Go back: do without {{spoken}}', { spoken: version.spoken })}
        onClick={() => takeIntoUse(kind, null)}
      >
        {t('Go back')}
      </Button>
    );
  return (
    <>
      <Button
        size="small"
        aria-label={`${version.doubt === null ? t('Use it') : t('Use it anyway')}: ${version.spoken}`}
        onClick={() => (version.doubt === null ? use() : setAsking(true))}
      >
        {version.doubt === null ? t('Use it') : t('Use it anyway')}
      </Button>
      <UseAnyway open={asking} version={version} onUse={use} onClose={() => setAsking(false)} />
    </>
  );
}
