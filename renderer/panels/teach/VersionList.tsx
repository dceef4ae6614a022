import Box from '@mui/material/Box';
import { useState } from 'react';
import type { TunedVersion } from '#preload/domain/tuning.ts';
import { attempt } from '../../app/notices.ts';
import { backend } from '../../backend/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CompareDialog } from './CompareDialog.tsx';
import { goLive } from './go-live.ts';
import { VersionLine } from './VersionLine.tsx';
import { VersionRow } from './VersionRow.tsx';
import { doubtAbout } from './version-words.ts';

type Question = { readonly kind: 'use' | 'remove' | 'compare'; readonly version: TunedVersion };

/** Everything that was learned, newest first, and zero-shot below; one of them is in use. */
export function VersionList({ versions }: { readonly versions: readonly TunedVersion[] }) {
  // What was asked last stays while its dialog fades, so that its words do not change.
  const [question, setQuestion] = useState<Question | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (kind: Question['kind'], version: TunedVersion): void => {
    setQuestion({ kind, version });
    setOpen(true);
  };
  const close = (): void => setOpen(false);
  const use = (version: TunedVersion): void => {
    if (doubtAbout(version) === null) goLive(version.id, version.name);
    else ask('use', version);
  };
  return (
    <>
      <Box component="ul" aria-label="Versions, newest first" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {versions.map((version) => (
          <VersionRow
            key={version.id}
            version={version}
            onUse={() => use(version)}
            {...(versions.length > 1 && { onCompare: () => ask('compare', version) })}
            onRemove={() => ask('remove', version)}
          />
        ))}
        <VersionLine
          label="Zero-shot"
          facts={['names alone, and corrections']}
          useLabel="Go back to zero-shot"
          live={!versions.some(({ live, usable }) => live && usable)}
          onUse={() => goLive(null, 'Zero-shot')}
        />
      </Box>
      {question?.kind === 'use' && (
        <ConfirmDialog
          open={open}
          title={`Use ${question.version.name} all the same?`}
          text={`The check said no. ${doubtAbout(question.version) ?? ''} You can go back at any time; what people decided never changes.`}
          confirmLabel={`Use ${question.version.name}`}
          onConfirm={() => goLive(question.version.id, question.version.name)}
          onClose={close}
        />
      )}
      {question?.kind === 'remove' && (
        <ConfirmDialog
          open={open}
          title={`Remove ${question.version.name}?`}
          text="What it learned is deleted from the project. The corrections it learned from stay."
          confirmLabel="Remove"
          onConfirm={() => attempt(backend.tuning.remove({ versionId: question.version.id }))}
          onClose={close}
        />
      )}
      {question?.kind === 'compare' && (
        <CompareDialog open={open} versions={versions} first={question.version} onClose={close} />
      )}
    </>
  );
}
