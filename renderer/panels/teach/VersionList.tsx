import Box from '@mui/material/Box';
import { useState } from 'react';
import type { VersionKind } from '#preload/domain/version-kinds.ts';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CompareDialog } from './CompareDialog.tsx';
import { listedKinds } from './listed-kinds.ts';
import type { ListedVersion } from './listed-version.ts';
import { UseAnyway } from './UseAnyway.tsx';
import { takeIntoUse } from './version-actions.ts';
import { VersionLine } from './VersionLine.tsx';
import { VersionRow } from './VersionRow.tsx';

type Question = { readonly what: 'use' | 'remove' | 'compare'; readonly version: ListedVersion };

/** Every version of a kind, newest first, and what there was before it below; one of them is in use. */
export function VersionList(props: { readonly kind: VersionKind; readonly versions: readonly ListedVersion[] }) {
  const { kind, versions } = props;
  const { label, before } = listedKinds[kind];
  // What was asked last stays while its dialog fades, so that its words do not change.
  const [question, setQuestion] = useState<Question | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (what: Question['what'], version: ListedVersion): void => {
    setQuestion({ what, version });
    setOpen(true);
  };
  const close = (): void => setOpen(false);
  const use = (version: ListedVersion): void => {
    if (version.doubt === null) takeIntoUse(kind, version);
    else ask('use', version);
  };
  return (
    <>
      <Box component="ul" aria-label={label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {versions.map((version) => (
          <VersionRow
            key={version.key}
            version={version}
            onUse={() => use(version)}
            {...(versions.length > 1 && { onCompare: () => ask('compare', version) })}
            onRemove={() => ask('remove', version)}
          />
        ))}
        <VersionLine
          label={before.name}
          facts={[before.fact]}
          useLabel={before.useLabel}
          live={!versions.some(({ live, usable }) => live && usable)}
          onUse={() => takeIntoUse(kind, null)}
        />
      </Box>
      {question?.what === 'use' && (
        <UseAnyway
          open={open}
          version={question.version}
          onUse={() => takeIntoUse(kind, question.version)}
          onClose={close}
        />
      )}
      {question?.what === 'remove' && (
        <ConfirmDialog
          open={open}
          title={t('Remove {{spoken}}?', { spoken: question.version.spoken })}
          text={t('What it learned is deleted from the project. The corrections it learned from stay.')}
          confirmLabel={t('Remove')}
          onConfirm={() => attempt(backend.versions.remove({ versionId: question.version.key }))}
          onClose={close}
        />
      )}
      {question?.what === 'compare' && (
        <CompareDialog
          key={question.version.key}
          open={open}
          versions={versions}
          first={question.version}
          onClose={close}
        />
      )}
    </>
  );
}
