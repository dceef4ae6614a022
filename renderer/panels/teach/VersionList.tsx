import Box from '@mui/material/Box';
import { useState } from 'react';
import { attempt } from '../../shared/notices.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CompareDialog } from './CompareDialog.tsx';
import type { ListedVersion, VersionActions } from './listed-version.ts';
import { VersionLine } from './VersionLine.tsx';
import { VersionRow } from './VersionRow.tsx';

type Question = { readonly kind: 'use' | 'remove' | 'compare'; readonly version: ListedVersion };

/** Everything that was learned, newest first, and what there was before it below; one of them is in use. */
export function VersionList(props: {
  readonly label: string;
  readonly versions: readonly ListedVersion[];
  /** What is in use where no version is. */
  readonly before: { readonly name: string; readonly fact: string; readonly useLabel: string };
  readonly actions: VersionActions;
}) {
  const { versions, before, actions } = props;
  // What was asked last stays while its dialog fades, so that its words do not change.
  const [question, setQuestion] = useState<Question | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (kind: Question['kind'], version: ListedVersion): void => {
    setQuestion({ kind, version });
    setOpen(true);
  };
  const close = (): void => setOpen(false);
  const use = (version: ListedVersion): void => {
    if (version.doubt === null) actions.use(version.key, version.spoken);
    else ask('use', version);
  };
  return (
    <>
      <Box component="ul" aria-label={props.label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {versions.map((version) => (
          <VersionRow
            key={version.key}
            version={version}
            actions={actions}
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
          onUse={() => actions.use(null, before.name)}
        />
      </Box>
      {question?.kind === 'use' && (
        <ConfirmDialog
          open={open}
          title={`Use ${question.version.spoken} all the same?`}
          text={`${question.version.doubt ?? ''} You can go back at any time; what people decided never changes.`}
          confirmLabel={`Use ${question.version.spoken}`}
          onConfirm={() => actions.use(question.version.key, question.version.spoken)}
          onClose={close}
        />
      )}
      {question?.kind === 'remove' && (
        <ConfirmDialog
          open={open}
          title={`Remove ${question.version.spoken}?`}
          text="What it learned is deleted from the project. The corrections it learned from stay."
          confirmLabel="Remove"
          onConfirm={() => attempt(actions.remove(question.version.key))}
          onClose={close}
        />
      )}
      {question?.kind === 'compare' && (
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
